using System.Globalization;
using System.Text;
using MimeKit;

namespace Certhelper.Standins.Mail;

/// <summary>The mail that was taken, for people (<c>/mail</c>) and for tests (<c>/mail/messages</c>).</summary>
internal static class MailPages
{
    public static void AddMail(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<MailBox>();
        builder.Services.AddHostedService<MailServer>();
    }

    public static void MapMail(this WebApplication app)
    {
        var mail = app.MapGroup("/mail");
        mail.MapGet("/", (MailBox box) => Html("Mail", List(box.All)));
        mail.MapGet("/{number:int}", (int number, MailBox box) => box.Find(number) is { } found ? Html(found.Content.Subject ?? "", One(found)) : Results.NotFound());
        mail.MapGet("/{number:int}/files/{name}", (int number, string name, MailBox box) =>
            Files(box.Find(number)).FirstOrDefault(file => file.FileName == name) is { } file ? Results.File(Bytes(file), "application/octet-stream", name) : Results.NotFound());
        mail.MapGet("/messages", (MailBox box) => box.All.Select(Described));
        if (!app.Environment.IsDevelopment()) return;
        mail.MapDelete("/messages", (MailBox box) => box.Empty());
        mail.MapPut("/refusals/{count:int}", (int count, MailBox box) => box.Refuse(count));
    }

    private static object Described(TakenMail mail) => new
    {
        mail.Number,
        mail.At,
        mail.To,
        From = mail.Content.From.ToString(),
        mail.Content.Subject,
        mail.Content.MessageId,
        Text = mail.Content.TextBody,
        Files = Files(mail).Select(file => new { Name = file.FileName, Size = Bytes(file).Length, Type = file.ContentType.MimeType }),
    };

    private static IEnumerable<MimePart> Files(TakenMail? mail) => mail?.Content.Attachments.OfType<MimePart>() ?? [];

    private static byte[] Bytes(MimePart part)
    {
        using var stream = new MemoryStream();
        part.Content?.DecodeTo(stream);
        return stream.ToArray();
    }

    private static IResult Html(string title, string body) => Results.Content(StandinPage.Render(title, "Mail", body, wide: true), StandinPage.ContentType);

    private static string List(IReadOnlyList<TakenMail> all)
    {
        if (all.Count == 0) return "<h1>Mail</h1><p class=\"lead\">Nothing was sent yet. What is sent from here is kept here and delivered to nobody.</p>";
        var rows = new StringBuilder();
        foreach (var mail in all)
            rows.Append(CultureInfo.InvariantCulture, $"<tr><td>{mail.At:yyyy-MM-dd HH:mm:ss} UTC</td><td><a href=\"/mail/{mail.Number}\">{Encode(mail.Content.Subject)}</a></td><td>{Encode(string.Join(", ", mail.To))}</td><td>{Files(mail).Count()}</td></tr>");
        return $"<h1>Mail</h1><p class=\"lead\">Kept here and delivered to nobody.</p><table><thead><tr><th>Sent</th><th>Subject</th><th>To</th><th>Files</th></tr></thead><tbody>{rows}</tbody></table>";
    }

    private static string One(TakenMail mail)
    {
        var files = string.Concat(Files(mail).Select(file => $"<li><a href=\"/mail/{mail.Number.ToString(CultureInfo.InvariantCulture)}/files/{Uri.EscapeDataString(file.FileName ?? "")}\">{Encode(file.FileName)}</a> {Bytes(file).Length.ToString("N0", CultureInfo.InvariantCulture)} bytes</li>"));
        return $"<h1>{Encode(mail.Content.Subject)}</h1><p class=\"lead\">From {Encode(mail.Content.From.ToString())} to {Encode(string.Join(", ", mail.To))}</p><ul>{files}</ul><pre>{Encode(mail.Content.TextBody ?? "")}</pre><p><a href=\"/mail\">All mail</a></p>";
    }

    private static string Encode(string? text) => StandinPage.Encode(text ?? "");
}
