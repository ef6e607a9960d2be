using System.Text;

namespace Certhelper.OpenShift.Manifest;

/// <summary>Splits a template of the manifest into text and <c>{resource.property}</c>; doubled braces are text.</summary>
internal static class Expressions
{
    public static IReadOnlyList<Part> Split(string template)
    {
        var parts = new List<Part>();
        var text = new StringBuilder();
        for (var index = 0; index < template.Length; index++)
        {
            var sign = template[index];
            if (sign is '{' or '}' && index + 1 < template.Length && template[index + 1] == sign)
            {
                text.Append(sign);
                index++;
            }
            else if (sign == '{')
            {
                var end = template.IndexOf('}', index);
                if (end < 0) throw new ConversionException($"The expression in \"{template}\" has no end.");
                if (text.Length > 0) parts.Add(new Part(text.ToString(), IsExpression: false));
                text.Clear();
                parts.Add(new Part(template[(index + 1)..end], IsExpression: true));
                index = end;
            }
            else if (sign == '}')
            {
                throw new ConversionException($"A brace in \"{template}\" closes nothing.");
            }
            else
            {
                text.Append(sign);
            }
        }

        if (text.Length > 0) parts.Add(new Part(text.ToString(), IsExpression: false));
        return parts;
    }

    internal sealed record Part(string Text, bool IsExpression);
}
