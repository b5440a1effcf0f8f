using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Guildhall.Modules.Library;

namespace Guildhall.Tests.Library;

/// <summary>What comes out of the Markdown of articles, judged by an HTML parser that is not ours.</summary>
public sealed class MarkupTests
{
    static readonly string[] elements = ["p", "h2", "h3", "h4", "ul", "ol", "li", "blockquote", "pre", "code", "em", "strong", "a", "br", "hr", "div", "table", "thead", "tbody", "tr", "th", "td"];
    static readonly string[] attributes = ["href", "rel", "start", "class", "scope", "tabindex", "role", "aria-label"];

    public static TheoryData<string> Hostile =>
    [
        "<script>alert(1)</script>",
        "<SCRIPT SRC=https://evil.example/x.js></SCRIPT>",
        "<scr<script>ipt>alert(1)</scr</script>ipt>",
        "<img src=x onerror=alert(1)>",
        "<svg onload=alert(1)>",
        "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
        "<svg><a xlink:href=\"javascript:alert(1)\"><text>x</text></a></svg>",
        "<math><mtext><table><mglyph><style><img src onerror=alert(1)></style></mglyph></table></mtext></math>",
        "<body onload=alert(1)>",
        "<iframe src=\"javascript:alert(1)\"></iframe>",
        "<iframe srcdoc=\"<script>alert(1)</script>\"></iframe>",
        "<object data=\"data:text/html,<script>alert(1)</script>\"></object>",
        "<embed src=\"javascript:alert(1)\">",
        "<form action=\"/sign-out\" method=post><button>x</button></form>",
        "<input autofocus onfocus=alert(1)>",
        "<details open ontoggle=alert(1)>x</details>",
        "<video><source onerror=alert(1)></video>",
        "<link rel=stylesheet href=\"https://evil.example/x.css\">",
        "<style>@import url(https://evil.example/x.css);</style>",
        "<meta http-equiv=refresh content=\"0;url=javascript:alert(1)\">",
        "<base href=\"https://evil.example/\">",
        "<a href=\"javascript:alert(1)\">x</a>",
        "<a onclick=alert(1)>x</a>",
        "<div style=\"background:url(javascript:alert(1))\">x</div>",
        "<div id=main>x</div>",
        "<!-- --><script>alert(1)</script><!-- -->",
        "<![CDATA[<script>alert(1)</script>]]>",
        "<?php echo '<script>alert(1)</script>' ?>",
        "<!DOCTYPE html><script>alert(1)</script>",
        "<div>\n\n<script>alert(1)</script>\n\n</div>",
        "<p title=\"--><img src=x onerror=alert(1)>\">",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](  javascript:alert(1)  )",
        "[x](<javascript:alert(1)>)",
        "[x](java\tscript:alert(1))",
        "[x](&#106;&#97;&#118;&#97;&#115;&#99;&#114;&#105;&#112;&#116;&#58;alert(1))",
        "[x](&#x6A&#x61&#x76&#x61&#x73&#x63&#x72&#x69&#x70&#x74&#x3A;alert(1))",
        "[x](javascript&colon;alert(1))",
        "[x](java&Tab;script:alert(1))",
        "[x](java&NewLine;script:alert(1))",
        "[x](\u0001javascript:alert(1))",
        "[x](javascript\\:alert\\(1\\))",
        "[x](vbscript:msgbox(1))",
        "[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
        "[x](data:text/html,<script>alert(1)</script>)",
        "[x](blob:https://evil.example/1)",
        "[x](file:///etc/passwd)",
        "[x](http://evil.example/)",
        "[x](ftp://evil.example/)",
        "[x](//evil.example/)",
        "[x](/\\evil.example/)",
        "[x](\\\\evil.example\\x)",
        "[x](/.//evil.example/)",
        "[x](/a/..//evil.example/)",
        "[x](/%2e//evil.example/)",
        "[x](/&#9;/evil.example/)",
        "[x](https://bank.example@evil.example/)",
        "[x](https:evil.example)",
        "[x](\"onmouseover=alert(1) )",
        "[x](https://a.example/\"onmouseover=\"alert(1))",
        "[x](https://a.example \"t\\\" onmouseover=\\\"alert(1)\")",
        "[x](https://a.example/'onmouseover='alert(1))",
        "[x][1]\n\n[1]: javascript:alert(1)",
        "[x][1]\n\n[1]: <javascript:alert(1)> 'title\" onclick=alert(1)'",
        "![x](javascript:alert(1))",
        "![x](https://evil.example/pixel.gif)",
        "![x\" onerror=\"alert(1)](x)",
        "![<script>alert(1)</script>](https://a.example/a.png)",
        "[![x](https://evil.example/p.gif)](javascript:alert(1))",
        "<javascript:alert(1)>",
        "<data:text/html,alert(1)>",
        "<vbscript:alert(1)>",
        "<https://a.example/\"onmouseover=alert(1)>",
        "<x@evil.example\" onclick=alert(1)>",
        "&lt;script&gt;alert(1)&lt;/script&gt;",
        "&#60;script&#62;alert(1)&#60;/script&#62;",
        "&#x3c;img src=x onerror=alert(1)&#x3e;",
        "`<script>alert(1)</script>`",
        "```html\n<script>alert(1)</script>\n```",
        "```\" onmouseover=\"alert(1)\nx\n```",
        "    <script>alert(1)</script>",
        "~~~<script>alert(1)</script>\nx\n~~~",
        "# <script>alert(1)</script>",
        "# Title {#main onclick=alert(1)}",
        "**<img src=x onerror=alert(1)>**",
        "* <script>alert(1)</script>\n  * <svg onload=alert(1)>",
        "> <script>alert(1)</script>",
        "| <script>alert(1)</script> | a |\n|---|---|\n| <img src=x onerror=alert(1)> | [x](javascript:alert(1)) |",
        "[<script>alert(1)</script>](https://a.example)",
        "[x](https://a.example)<script>alert(1)</script>",
        "\\<script>alert(1)\\</script>",
        "<a href=\"https://a.example\"><b onmouseover=alert(1)>[x](javascript:alert(1))</b></a>",
        "</p></article></main><script>alert(1)</script>",
        "<textarea></textarea><script>alert(1)</script>",
        "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
        "<xss style=\"animation-name:x\" onanimationstart=alert(1)>",
        "\u2028<script>alert(1)</script>",
        "<script\u00a0>alert(1)</script>",
        "[x](https://a.example/\r\nSet-Cookie:a=b)",
        "1. <script>\n2. alert(1)\n3. </script>",
    ];

    [Theory, MemberData(nameof(Hostile))]
    public void Lets_nothing_out_that_could_run_or_lead_astray(string markdown)
    {
        // As it stands in a page, beside a link and a field of ours.
        var page = new HtmlParser().ParseDocument($"<main id=\"main\"><article>{Markup.ToHtml(markdown)}</article></main>");

        var written = page.QuerySelector("article")!.QuerySelectorAll("*").ToList();
        written.Select(element => element.LocalName).Except(elements).ShouldBeEmpty();
        written.SelectMany(element => element.Attributes).Select(attribute => attribute.Name).Except(attributes).ShouldBeEmpty();
        page.QuerySelectorAll("body *").Except(written).Select(element => element.LocalName).ShouldBe(["main", "article"], "nothing closes what it stands in");
        foreach (var link in written.Where(element => element.HasAttribute("href")))
        {
            var href = link.GetAttribute("href")!;
            var leads = new Uri(new Uri("https://here.example/page"), href);
            (leads.Scheme is "https" or "mailto", leads.UserInfo.Length == 0 || leads.Scheme == "mailto").ShouldBe((true, true), href);
            if (leads.Host != "here.example") link.GetAttribute("rel").ShouldBe("noopener nofollow", href);
            leads.Host.ShouldNotBe("evil.example", href);
        }
    }

    [Fact]
    public void Is_tried_on_many_texts() => Hostile.Count.ShouldBeGreaterThan(60);

    [Theory]
    [InlineData("[x](https://a.example/b?c=d&e=f)", "https://a.example/b?c=d&e=f", "noopener nofollow")]
    [InlineData("<https://a.example/>", "https://a.example/", "noopener nofollow")]
    [InlineData("[x](mailto:help@a.example)", "mailto:help@a.example", "noopener nofollow")]
    [InlineData("<help@a.example>", "mailto:help@a.example", "noopener nofollow")]
    [InlineData("[x](/learn/listings-that-get-found)", "/learn/listings-that-get-found", null)]
    [InlineData("[x](/help?q=a#b)", "/help?q=a#b", null)]
    public void Keeps_links_to_this_site_to_others_over_tls_and_to_mailboxes(string markdown, string href, string? rel)
    {
        var link = Parsed(markdown).QuerySelector("a")!;

        (link.GetAttribute("href"), link.GetAttribute("rel")).ShouldBe((href, rel));
    }

    [Fact]
    public void Writes_what_people_write_with()
    {
        var text = Parsed("""
            # Top

            One *soft* and **strong** `code`\
            next line

            #### Deep

            3. three
            4. four

            - a

              b
            - ![a picture of a bowl](/bowl.png)

            > said

            | A | B |
            |---|---|
            | 1 | 2 |

            ---
            """);

        text.QuerySelectorAll("h1").ShouldBeEmpty();
        text.QuerySelectorAll("h2, h3, h4").Select(heading => $"{heading.LocalName} {heading.TextContent}").ShouldBe(["h2 Top", "h3 Deep"]);
        text.QuerySelector("ol")!.GetAttribute("start").ShouldBe("3");
        text.QuerySelectorAll("em, strong, code, br, blockquote, hr").Length.ShouldBe(6);
        text.QuerySelector("ul")!.TextContent.ShouldContain("a picture of a bowl");
        text.QuerySelectorAll("img").ShouldBeEmpty();
        (text.QuerySelectorAll("th").Length, text.QuerySelectorAll("td").Length).ShouldBe((2, 2));
    }

    [Fact]
    public void Shows_html_as_the_words_that_were_typed() => Parsed("<b>Bold</b> & <script>alert(1)</script>").QuerySelector("p")!.TextContent.ShouldBe("<b>Bold</b> & <script>alert(1)</script>");

    [Theory]
    [InlineData("[")]
    [InlineData("![")]
    [InlineData("[a](")]
    [InlineData("[](")]
    [InlineData("*a **b ")]
    [InlineData("*a_")]
    [InlineData("> ")]
    [InlineData(">")]
    [InlineData("1. ")]
    [InlineData("- ")]
    [InlineData("`a``")]
    [InlineData("|a")]
    [InlineData("<a ")]
    [InlineData("&a;")]
    [InlineData("<!--")]
    [InlineData("\n\n    - ")]
    public void Refuses_or_shows_a_text_that_is_nothing_but_one_mark(string mark)
    {
        var text = string.Concat(Enumerable.Repeat(mark, ArticleText.BodyLimit / mark.Length));

        var (problem, html) = (Markup.Problem(text), Markup.ToHtml(text).ToString());

        html.Length.ShouldBeGreaterThan(0);
        if (problem is not null) problem.ShouldEndWith("Nothing was saved.");
    }

    static IElement Parsed(string markdown) => new HtmlParser().ParseDocument($"<article>{Markup.ToHtml(markdown)}</article>").QuerySelector("article")!;
}
