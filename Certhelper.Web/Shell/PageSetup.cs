using Certhelper.Core.People;
using Certhelper.Web.Certify;
using Certhelper.Web.MyShift;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace Certhelper.Web.Shell;

/// <summary>How pages behave alike: who may open them, how forms bind, how mistakes show.</summary>
internal static class PageSetup
{
    public static void AddPages(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<InstanceOptions>()
            .Configure(options => options.Name = builder.Environment.IsDevelopment() ? "local" : "production")
            .BindConfiguration(InstanceOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddScoped<RunBriefing>();
        builder.Services.AddScoped<CertifySheets>();
        builder.Services.AddScoped<EvidenceSheets>();
        builder.Services.AddScoped<ShiftBoard>();
        builder.Services.AddRouting(options =>
        {
            options.LowercaseUrls = true;
            options.ConstraintMap["reconstruction"] = typeof(ReconstructionConstraint);
        });
        builder.Services.AddAntiforgery(options =>
        {
            builder.Configuration.Apply(options.Cookie, "certhelper.forms", SameSiteMode.Strict);
            options.FormFieldName = "__token";
            // The policy header of our own says the same, and more.
            options.SuppressXFrameOptionsHeader = true;
        });
        builder.Services.Configure<CookieTempDataProviderOptions>(options => builder.Configuration.Apply(options.Cookie, "certhelper.notes"));
        builder.Services
            .AddRazorPages(options =>
            {
                // A page that needs more says so itself; one that needs less says AllowAnonymous.
                options.Conventions.AuthorizeFolder("/", nameof(Permission.ViewData));
                options.Conventions.AddPageRoute("/Denied", "/error/403");
            })
            .AddMvcOptions(options =>
            {
                options.SuppressImplicitRequiredAttributeForNonNullableReferenceTypes = true;
                options.Filters.Add(new OnlyDeclaredMethods());
                options.ModelBindingMessageProvider.SetAttemptedValueIsInvalidAccessor((value, _) => NotTaken(value));
                options.ModelBindingMessageProvider.SetNonPropertyAttemptedValueIsInvalidAccessor(NotTaken);
                // What an address names stays what it names: no field of a form by that name leads elsewhere.
                var route = options.ValueProviderFactories.OfType<RouteValueProviderFactory>().Single();
                options.ValueProviderFactories.Remove(route);
                options.ValueProviderFactories.Insert(0, route);
            })
            .AddViewOptions(options => options.HtmlHelperOptions.ClientValidationEnabled = false);
    }

    // Letters where a number or a day is asked for.
    private static string NotTaken(string value) => $"“{(value.Length > 60 ? value[..60] + "…" : value)}” is not what this field takes.";

    /// <summary>One page for every mistake, with the trace id to quote.</summary>
    public static void UseErrorPages(this WebApplication app)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions { ExceptionHandlingPath = "/error", CreateScopeForErrors = true });
        app.UseStatusCodePagesWithReExecute("/error/{0}");
    }

    public static void MapPages(this WebApplication app)
    {
        app.MapStaticAssets().AllowAnonymous();
        app.MapRazorPages().WithStaticAssets();
    }
}
