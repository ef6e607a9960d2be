using System.Text;

namespace Certhelper.Standins.Sso;

/// <summary>The realm's sign-in page.</summary>
internal static class SignInPage
{
    private const string Product = "CERN Single Sign-On";

    /// <summary>The list of people; a press signs in and goes on with the request.</summary>
    public static string Render(SamplePeople people, string request, string application)
    {
        var html = new StringBuilder();
        html.Append("<h1>Sign in</h1><p class=\"lead\">to <strong>").Append(StandinPage.Encode(application)).Append("</strong> as one of the sample people</p>");
        html.Append("<form method=\"post\" action=\"").Append(SsoPaths.SignIn).Append("\">");
        html.Append("<input type=\"hidden\" name=\"request\" value=\"").Append(StandinPage.Encode(request)).Append("\">");
        Append(html, "On shift", people.OnShift);
        html.Append("<details><summary>Accounts with unusual tokens</summary>");
        Append(html, "Unusual tokens", people.OddAccounts);
        html.Append("</details><p><button class=\"quiet\" name=\"cancel\" value=\"1\">Cancel</button></p></form>");
        html.Append("<p class=\"note\">This page plays CERN Single Sign-On for development. There are no passwords.</p>");
        return StandinPage.Render("Sign in", Product, html.ToString());
    }

    public static string Message(string title, string text) =>
        StandinPage.Render(title, Product, $"<h1>{StandinPage.Encode(title)}</h1><p>{StandinPage.Encode(text)}</p>");

    private static void Append(StringBuilder html, string title, IEnumerable<SamplePerson> people)
    {
        html.Append("<ul aria-label=\"").Append(title).Append("\">");
        foreach (var person in people)
        {
            html.Append("<li><button name=\"login\" value=\"").Append(StandinPage.Encode(person.Login)).Append("\"><span class=\"name\">")
                .Append(StandinPage.Encode(person.Name)).Append("</span> <span class=\"login\">").Append(StandinPage.Encode(person.Login))
                .Append("</span> <span class=\"role\">").Append(StandinPage.Encode(person.RoleText)).Append("</span></button></li>");
        }

        html.Append("</ul>");
    }
}
