using System.Text.Encodings.Web;
using System.Text.Json;

namespace Certhelper.AppHost.LocalEngine;

/// <summary>
/// Writes the model as real Aspire publishes it: the resources in their order, then the parameters that only other
/// resources mention, each with its encoded forms, then the conditional values.
/// </summary>
internal sealed class ManifestWriter(DistributedApplicationBuilder model, Utf8JsonWriter json)
{
    private readonly List<ParameterResource> mentioned = [];
    private readonly HashSet<(string Parameter, string Encoding)> encoded = [];
    private readonly HashSet<string> conditional = [];

    public static async Task WriteFileAsync(DistributedApplicationBuilder model, CancellationToken cancellationToken)
    {
        using var buffer = new MemoryStream();
        await using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            new ManifestWriter(model, json).Write();
        buffer.WriteByte((byte)'\n');
        // Whole or not at all: a reader never sees half a manifest.
        var staging = model.ManifestPath + ".new";
        await File.WriteAllBytesAsync(staging, buffer.ToArray(), cancellationToken);
        File.Move(staging, model.ManifestPath, overwrite: true);
    }

    private void Write()
    {
        json.WriteStartObject();
        json.WriteStartObject("resources");
        foreach (var resource in model.Resources.Cast<Resource>()) Write(resource);
        foreach (var parameter in mentioned.Where(parameter => !model.Resources.Contains(parameter))) Write(parameter);
        foreach (var entry in conditional)
            Entry(entry, "value.v0", () => json.WriteString("connectionString", ""));
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private void Write(Resource resource)
    {
        switch (resource)
        {
            case ContainerResource container: Entry(container.Name, "container.v0", () => Container(container)); break;
            case ProjectResource project: Entry(project.Name, "project.v0", () => Project(project)); break;
            case ExecutableResource executable: Entry(executable.Name, "executable.v0", () => Executable(executable)); break;
            case ParameterResource parameter: Parameter(parameter); break;
            case IResourceWithConnectionString connection: Entry(resource.Name, "value.v0", () => ConnectionString(connection)); break;
            // An external service is its parameter; it has no entry of its own.
            default: break;
        }
    }

    private void Entry(string name, string type, Action body)
    {
        json.WriteStartObject(name);
        json.WriteString("type", type);
        body();
        json.WriteEndObject();
    }

    private void Container(ContainerResource container)
    {
        if (container is IResourceWithConnectionString connection) ConnectionString(connection);
        json.WriteString("image", container.Image);
        if (container.Entrypoint is { } entrypoint) json.WriteString("entrypoint", entrypoint);
        Arguments(container);
        if (container.Volume is { } volume)
        {
            json.WriteStartArray("volumes");
            json.WriteStartObject();
            json.WriteString("name", volume.Name);
            json.WriteString("target", volume.Target);
            json.WriteBoolean("readOnly", volume.IsReadOnly);
            json.WriteEndObject();
            json.WriteEndArray();
        }

        EnvironmentAndBindings(container);
    }

    private void Project(ProjectResource project)
    {
        json.WriteString("path", RelativePath(project.ProjectPath));
        Arguments(project);
        EnvironmentAndBindings(project);
    }

    private void Executable(ExecutableResource executable)
    {
        json.WriteString("workingDirectory", RelativePath(executable.WorkingDirectory));
        json.WriteString("command", executable.Command);
        Arguments(executable);
        EnvironmentAndBindings(executable);
    }

    private void Parameter(ParameterResource parameter)
    {
        Entry(parameter.Name, "parameter.v0", () =>
        {
            json.WriteString("value", $"{{{parameter.Name}.inputs.value}}");
            json.WriteStartObject("inputs");
            json.WriteStartObject("value");
            json.WriteString("type", "string");
            if (parameter.Secret) json.WriteBoolean("secret", true);
            if (parameter.Default is { } value)
            {
                json.WriteStartObject("default");
                value.Write(json);
                json.WriteEndObject();
            }

            json.WriteEndObject();
            json.WriteEndObject();
        });
        foreach (var (_, encoding) in encoded.Where(form => form.Parameter == parameter.Name))
            Entry(EncodedName(parameter, encoding), "annotated.string", () =>
            {
                json.WriteString("value", parameter.ValueExpression);
                json.WriteString("filter", encoding);
            });
    }

    private void ConnectionString(IResourceWithConnectionString connection) =>
        json.WriteString("connectionString", Expression(connection.ConnectionStringExpression));

    private void Arguments(Resource resource)
    {
        if (resource.Arguments.Count == 0) return;
        json.WriteStartArray("args");
        foreach (var argument in resource.Arguments) json.WriteStringValue(argument);
        json.WriteEndArray();
    }

    private void EnvironmentAndBindings(Resource resource)
    {
        var variables = resource.EnvironmentVariables(model.ExecutionContext);
        if (variables.Count > 0)
        {
            json.WriteStartObject("env");
            foreach (var (name, value) in variables) json.WriteString(name, Expression(value));
            json.WriteEndObject();
        }

        if (resource.Endpoints.Count == 0) return;
        json.WriteStartObject("bindings");
        foreach (var endpoint in resource.Endpoints)
        {
            json.WriteStartObject(endpoint.Name);
            json.WriteString("scheme", endpoint.UriScheme);
            json.WriteString("protocol", "tcp");
            json.WriteString("transport", endpoint.Transport);
            if (endpoint.Port is { } port && port != endpoint.TargetPort) json.WriteNumber("port", port);
            if (endpoint.TargetPort is { } targetPort) json.WriteNumber("targetPort", targetPort);
            if (endpoint.IsExternal) json.WriteBoolean("external", true);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private string Expression(object value)
    {
        Mention(value);
        return value switch
        {
            ReferenceExpression expression => expression.Format(part => part is { Encoding: { } encoding, Value: ParameterResource parameter }
                ? $"{{{EncodedName(parameter, encoding)}.value}}"
                : Expression(part.Value)),
            IManifestExpressionProvider provider => provider.ValueExpression,
            _ => (string)value,
        };
    }

    /// <summary>Remembers what must have an entry because something refers to it.</summary>
    private void Mention(object value)
    {
        if (value is ParameterResource parameter && !mentioned.Contains(parameter)) mentioned.Add(parameter);
        if (value is TlsSuffix suffix) conditional.Add(suffix.EntryName);
        if (value is ReferenceExpression expression)
            foreach (var part in expression.Parts)
                if (part is { Encoding: { } encoding, Value: ParameterResource encodedParameter })
                    encoded.Add((encodedParameter.Name, encoding));
        if (value is IValueWithReferences composed)
            foreach (var reference in composed.References)
                Mention(reference);
    }

    private static string EncodedName(ParameterResource parameter, string encoding) => $"{parameter.Name}-{encoding}-encoded";

    private string RelativePath(string path) =>
        Path.GetRelativePath(Path.GetDirectoryName(model.ManifestPath)!, path).Replace('\\', '/');
}
