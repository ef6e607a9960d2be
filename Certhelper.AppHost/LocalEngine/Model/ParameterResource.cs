using System.Security.Cryptography;
using System.Text.Json;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A value that comes from outside the model: configuration, or its default.</summary>
public class ParameterResource : Resource, IManifestExpressionProvider, IValueProvider
{
    private readonly Lazy<string> value;

    public ParameterResource(string name, Func<ParameterDefault?, string> callback, bool secret = false)
        : base(name)
    {
        value = new Lazy<string>(() => callback(Default));
        Secret = secret;
    }

    public bool Secret { get; }

    public ParameterDefault? Default { get; set; }

    public string ValueExpression => $"{{{Name}.value}}";

    public ValueTask<string?> GetValueAsync(CancellationToken cancellationToken) => new(value.Value);
}

/// <summary>The value of a parameter that nobody configured.</summary>
public abstract class ParameterDefault
{
    public abstract string GetDefaultValue();

    /// <summary>Writes the properties of <c>inputs.value.default</c>.</summary>
    internal abstract void Write(Utf8JsonWriter manifest);
}

/// <summary>A fixed default, which the manifest states.</summary>
internal sealed class ConstantParameterDefault(Func<string> valueGetter) : ParameterDefault
{
    public override string GetDefaultValue() => valueGetter();

    internal override void Write(Utf8JsonWriter manifest) => manifest.WriteString("value", valueGetter());
}

/// <summary>A random default. The manifest tells the deployer how to make one.</summary>
public sealed class GenerateParameterDefault : ParameterDefault
{
    private const string LowerLetters = "abcdefghjkmnpqrstuvwxyz";
    private const string UpperLetters = "ABCDEFGHJKMNPQRSTUVWXYZ";
    private const string Digits = "0123456789";
    private const string SpecialCharacters = "-_.{}~()*+!";

    public int MinLength { get; set; } = 22;

    public bool Lower { get; set; } = true;

    public bool Upper { get; set; } = true;

    public bool Numeric { get; set; } = true;

    public bool Special { get; set; } = true;

    public override string GetDefaultValue() => RandomNumberGenerator.GetString(
        (Lower ? LowerLetters : "") + (Upper ? UpperLetters : "") + (Numeric ? Digits : "") + (Special ? SpecialCharacters : ""),
        MinLength);

    internal override void Write(Utf8JsonWriter manifest)
    {
        manifest.WriteStartObject("generate");
        manifest.WriteNumber("minLength", MinLength);
        if (!Lower) manifest.WriteBoolean("lower", false);
        if (!Upper) manifest.WriteBoolean("upper", false);
        if (!Numeric) manifest.WriteBoolean("numeric", false);
        if (!Special) manifest.WriteBoolean("special", false);
        manifest.WriteEndObject();
    }
}
