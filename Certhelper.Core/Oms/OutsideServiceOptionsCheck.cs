using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Certhelper.Core.Oms;

/// <summary>Stops a process whose configuration of an outside service cannot work, with the key and an example.</summary>
internal sealed class OutsideServiceOptionsCheck<TOptions>(string section, string exampleBaseUrl) : IValidateOptions<TOptions>
    where TOptions : OutsideServiceOptions
{
    private const string ExampleTokenUrl = "https://auth.cern.ch/auth/realms/cern/api-access/token";

    public ValidateOptionsResult Validate(string? name, TOptions options)
    {
        var failures = Failures(options).ToList();
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private IEnumerable<string> Failures(TOptions options)
    {
        if (!IsHttp(options.BaseUrl)) yield return NotAnAddress(nameof(options.BaseUrl), options.BaseUrl, exampleBaseUrl);
        if (options is TokenServiceOptions tokens)
        {
            if (!IsHttp(tokens.TokenUrl))
                yield return NotAnAddress(nameof(tokens.TokenUrl), tokens.TokenUrl, ExampleTokenUrl);
            // A token, or the secret that gets one, would be read by whoever listens.
            if (IsReadable(options.BaseUrl)) yield return PlainText(nameof(options.BaseUrl), options.BaseUrl, exampleBaseUrl);
            if (IsReadable(tokens.TokenUrl)) yield return PlainText(nameof(tokens.TokenUrl), tokens.TokenUrl, ExampleTokenUrl);
            if (string.IsNullOrWhiteSpace(tokens.ClientId)) yield return Missing(nameof(tokens.ClientId), "certhelper");
            if (string.IsNullOrWhiteSpace(tokens.ClientSecret)) yield return Missing(nameof(tokens.ClientSecret), "…");
            if (string.IsNullOrWhiteSpace(tokens.Audience)) yield return Missing(nameof(tokens.Audience), "cmsoms-prod");
        }

        if (options.TotalTimeout < options.AttemptTimeout)
            yield return $"{section}:TotalTimeout is shorter than {section}:AttemptTimeout (example: {section}__TotalTimeout=00:00:20).";

        var ranges = new List<ValidationResult>();
        Validator.TryValidateObject(options, new ValidationContext(options), ranges, validateAllProperties: true);
        foreach (var result in ranges) yield return $"{section}:{string.Join(", ", result.MemberNames)}: {result.ErrorMessage}";
    }

    private static bool IsHttp(string? url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.Host.Length > 0;

    private static bool IsReadable(string? url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttp && !uri.IsLoopback;

    private string PlainText(string key, string value, string example) =>
        $"{section}:{key} must use https unless it is on this machine: \"{value}\" (example: {section}__{key}={example}).";

    private string Missing(string key, string example) => $"{section}:{key} is not set (example: {section}__{key}={example}).";

    private string NotAnAddress(string key, string? value, string example) => string.IsNullOrWhiteSpace(value)
        ? Missing(key, example)
        : $"{section}:{key} is \"{value}\", which is no http address (example: {section}__{key}={example}).";
}
