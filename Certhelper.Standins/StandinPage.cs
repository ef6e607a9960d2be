using System.Text.Encodings.Web;

namespace Certhelper.Standins;

/// <summary>The frame of the stand-ins' pages: plain HTML without a script, light and dark.</summary>
internal static class StandinPage
{
    public const string ContentType = "text/html; charset=utf-8";

    public static string Encode(string text) => HtmlEncoder.Default.Encode(text);

    /// <param name="title">Of the page, as text.</param>
    /// <param name="product">Which service is played here.</param>
    /// <param name="body">HTML.</param>
    /// <param name="wide">For tables.</param>
    public static string Render(string title, string product, string body, bool wide = false) => $"""
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>{Encode(title)} · {product} (stand-in)</title>
        <link rel="icon" href="data:,">
        <style>{Style}</style>
        </head>
        <body><header><span aria-hidden="true" class="mark"></span>{product} <small>stand-in</small></header><main{(wide ? " class=\"wide\"" : "")}>{body}</main></body>
        </html>
        """;

    private const string Style = """
        :root{color-scheme:light dark;--ink:#16202c;--soft:#52606d;--paper:#f3f5f8;--card:#fff;--line:#c9d2dc;--blue:#0b5cad;--tint:#e7f0fa}
        @media (prefers-color-scheme:dark){:root{--ink:#e8edf2;--soft:#a9b6c3;--paper:#10161d;--card:#18212b;--line:#3a4856;--blue:#7db8f2;--tint:#20303f}}
        *{box-sizing:border-box}
        body{margin:0;font:16px/1.5 system-ui,sans-serif;color:var(--ink);background:var(--paper)}
        header{display:flex;align-items:center;gap:.6rem;padding:.9rem 1.5rem;background:var(--card);border-bottom:1px solid var(--line);font-weight:600}
        header small{color:var(--soft);font-weight:400}
        .mark{width:1.4rem;height:1.4rem;border:.2rem solid var(--blue);border-radius:50%;box-shadow:.35rem .2rem 0 -.1rem var(--card),.35rem .2rem 0 .1rem var(--blue)}
        main{max-width:34rem;margin:2.5rem auto;padding:2rem;background:var(--card);border:1px solid var(--line);border-radius:.75rem}
        main.wide{max-width:70rem}
        h1{margin:0;font-size:1.6rem}h2{font-size:1.15rem;margin:2rem 0 .5rem}
        .lead{margin:.25rem 0 1.25rem;color:var(--soft)}.note{margin:1.5rem 0 0;font-size:.9rem;color:var(--soft)}
        ul{list-style:none;margin:0;padding:0;display:grid;gap:.5rem}
        button{font:inherit;color:inherit;cursor:pointer;border:1px solid var(--line);border-radius:.5rem;background:var(--card);padding:.55rem .9rem}
        li button{width:100%;display:grid;grid-template-columns:1fr auto;text-align:left;column-gap:1rem;align-items:center}
        li .name{font-weight:600}li .login{grid-row:2;color:var(--soft);font-size:.9rem}
        li .role{grid-row:1/3;grid-column:2;background:var(--tint);border-radius:1rem;padding:.1rem .7rem;font-size:.9rem}
        button:hover{border-color:var(--blue);background:var(--tint)}
        button:focus-visible,summary:focus-visible,input:focus-visible,select:focus-visible{outline:3px solid var(--blue);outline-offset:2px}
        details{margin-top:1rem}summary{cursor:pointer;padding:.25rem 0}details ul{margin-top:.5rem}
        .quiet{background:none}
        table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.4rem .6rem;border-bottom:1px solid var(--line);vertical-align:top}
        input,select{font:inherit;color:inherit;background:var(--paper);border:1px solid var(--line);border-radius:.4rem;padding:.35rem .5rem;max-width:100%}
        fieldset{border:1px solid var(--line);border-radius:.5rem;margin:0 0 1rem;display:flex;flex-wrap:wrap;gap:.75rem;align-items:end}
        label{display:grid;gap:.2rem;font-size:.9rem;color:var(--soft)}code{font-size:.9em}
        """;
}
