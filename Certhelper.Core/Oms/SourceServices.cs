using Certhelper.Core.Administration;
using Certhelper.Core.Certification;
using Certhelper.Core.Checklists;
using Certhelper.Core.People;
using Certhelper.Core.References;
using Certhelper.Core.Reports;
using Certhelper.Core.RunRegistry;
using Certhelper.Core.Runs;
using Certhelper.Core.Scripts;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Http.Resilience;
using Microsoft.Extensions.Options;
using Polly;

namespace Certhelper.Core.Oms;

/// <summary>Registers the clients of outside services and the desks that use them.</summary>
public static class SourceServices
{
    /// <summary>Options (checked at start), OMS, Run Registry and ebutz clients with their tokens and resilience, and all desks.</summary>
    public static TBuilder AddOutsideServices<TBuilder>(this TBuilder builder)
        where TBuilder : IHostApplicationBuilder
    {
        builder.Services.AddOutsideServices();
        return builder;
    }

    /// <inheritdoc cref="AddOutsideServices{TBuilder}(TBuilder)"/>
    public static IServiceCollection AddOutsideServices(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddTokenSource<OmsOptions>(SourceContact.Oms);
        services.AddTokenSource<RunRegistryOptions>(SourceContact.RunRegistry);
        services.AddSource<OmsClient, OmsOptions>(SourceContact.Oms, OmsOptions.Section, "https://cmsoms.cern.ch/agg/api/v1");
        services.AddSource<RegistryClient, RunRegistryOptions>(
            SourceContact.RunRegistry, RunRegistryOptions.Section, "https://cmsrunregistry.web.cern.ch/api");
        services.AddSource<EbutzClient, EbutzOptions>(SourceContact.Ebutz, EbutzOptions.Section, EbutzOptions.Address);
        services.AddTokenClient();

        services.AddOptions<CertificationOptions>().BindConfiguration(CertificationOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddScoped<OmsQuestions>();
        services.AddScoped<FactKeeper>();
        services.AddScoped<SourceHealth>();
        services.AddOptions<MailOptions>();
        services.AddScoped<ServiceCheck>();
        services.AddScoped<RegistryKeeper>();
        services.AddScoped<RunFactsDesk>();
        services.AddScoped<RegistryDesk>();
        services.AddScoped<RegistryComparisonDesk>();
        services.AddScoped<ChecklistDesk>();
        services.AddScoped<ChecklistKeeper>();
        services.AddScoped<WeeklyChecklistDesk>();
        services.AddScoped<BadReasonDesk>();
        services.AddScoped<MapShelf>();
        services.AddScoped<SecondLook>();
        services.AddScoped<EvidenceKeeper>();
        services.AddScoped<FactChangeDetector>();
        services.AddReports();
        services.AddScoped<CertificationDesk>();
        services.AddScoped<CertificationWithFacts>();
        services.AddScoped<CertificationBulk>();
        services.AddScoped<DraftDesk>();
        services.AddScoped<LeaseDesk>();
        services.AddScoped<ReferenceDesk>();
        services.AddSingleton<ReferenceAdvisor>();
        services.AddScoped<ApvModeDesk>();
        services.AddPeople();
        services.AddAdministration();
        return services;
    }

    private static void AddTokenSource<TOptions>(this IServiceCollection services, string source)
        where TOptions : TokenServiceOptions => services.AddKeyedSingleton(source, (provider, _) => new TokenSource(
            source,
            provider.GetRequiredService<IOptions<TOptions>>().Value,
            provider.GetRequiredService<IHttpClientFactory>(),
            provider.GetRequiredService<TimeProvider>()));

    private static void AddSource<TClient, TOptions>(this IServiceCollection services, string source, string section, string exampleBaseUrl)
        where TClient : class
        where TOptions : OutsideServiceOptions
    {
        services.AddOptions<TOptions>().BindConfiguration(section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<TOptions>>(new OutsideServiceOptionsCheck<TOptions>(section, exampleBaseUrl));

        var client = services.AddHttpClient<TClient>(source);
        client.ConfigurePrimaryHttpMessageHandler(PrimaryHandler);
        // The token goes outside of the repetitions: a refused token is no failure of the service.
        if (typeof(TokenServiceOptions).IsAssignableFrom(typeof(TOptions)))
            client.AddHttpMessageHandler(provider => new BearerHandler(provider.GetRequiredKeyedService<TokenSource>(source)));
        client.AddStandardResilienceHandler().Configure((resilience, provider) =>
            Configure(resilience, provider.GetRequiredService<IOptions<TOptions>>().Value));
        client.ConfigureHttpClient((provider, http) =>
        {
            // The resilience handler ends waiting for the head of an answer, and takes the client's own limit away; this
            // one, set after it, ends waiting for the body.
            http.Timeout = provider.GetRequiredService<IOptions<TOptions>>().Value.TotalTimeout + TimeSpan.FromSeconds(1);
            http.MaxResponseContentBufferSize = 64 * 1024 * 1024;
        });
    }

    private static void AddTokenClient(this IServiceCollection services)
    {
        var client = services.AddHttpClient(TokenSource.ClientName).ConfigurePrimaryHttpMessageHandler(PrimaryHandler);
        client.AddStandardResilienceHandler(resilience =>
        {
            resilience.TotalRequestTimeout.Timeout = TimeSpan.FromSeconds(9);
            resilience.AttemptTimeout.Timeout = TimeSpan.FromSeconds(4);
            resilience.Retry.MaxRetryAttempts = 1;
            resilience.Retry.Delay = TimeSpan.FromMilliseconds(500);
        });
        client.ConfigureHttpClient(http => http.Timeout = TimeSpan.FromSeconds(10));
    }

    /// <summary>A redirect means a login page, so it is never followed: it would end in HTML with status 200.</summary>
    private static SocketsHttpHandler PrimaryHandler() => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        ConnectTimeout = TimeSpan.FromSeconds(5),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    };

    private static void Configure(HttpStandardResilienceOptions resilience, OutsideServiceOptions options)
    {
        resilience.TotalRequestTimeout.Timeout = options.TotalTimeout;
        resilience.AttemptTimeout.Timeout = options.AttemptTimeout;
        resilience.Retry.MaxRetryAttempts = options.Retries;
        resilience.Retry.Delay = options.RetryDelay;
        resilience.Retry.BackoffType = DelayBackoffType.Exponential;
        resilience.Retry.UseJitter = true;
        // Who asks for fewer questions is not asked again within seconds; the next pass of a job is soon enough.
        resilience.Retry.ShouldHandle = arguments => ValueTask.FromResult(
            HttpClientResiliencePredicates.IsTransient(arguments.Outcome)
            && arguments.Outcome.Result?.StatusCode != System.Net.HttpStatusCode.TooManyRequests);
        resilience.CircuitBreaker.SamplingDuration = 2 * options.AttemptTimeout + TimeSpan.FromSeconds(20);
        resilience.CircuitBreaker.MinimumThroughput = 6;
        resilience.CircuitBreaker.FailureRatio = 0.8;
        resilience.CircuitBreaker.BreakDuration = options.BreakDuration;
    }
}
