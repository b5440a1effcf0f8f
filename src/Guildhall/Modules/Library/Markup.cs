using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Guildhall.Platform;
using Markdig;
using Markdig.Extensions.Tables;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using Microsoft.AspNetCore.Components;

namespace Guildhall.Modules.Library;

/// <summary>
/// Turns the Markdown of articles into HTML that can run nothing. Markdig reads the text with its HTML switched off; what is written is our own list of elements and
/// attributes over what it read, so that a construct nobody thought of comes out as plain words (docs/decisions/0016-markdown.md).
/// </summary>
public static class Markup
{
    /// <summary>Lists in lists and quotes in quotes beyond this are no text for people.</summary>
    const int DeepestNesting = 32;

    /// <summary>Reading a text takes time with the square of these: 1,000 take 15 ms, 12,000 took 2.4 s.</summary>
    const int MostBrackets = 1_000;

    static readonly MarkdownPipeline pipeline = new MarkdownPipelineBuilder().DisableHtml().UsePipeTables().Build();
    static readonly HtmlEncoder encoder = HtmlEncoder.Create(UnicodeRanges.All);

    /// <summary>What to do about a text that can't be shown; null when it can.</summary>
    public static string? Problem(string markdown)
    {
        if (HasTooManyBrackets(markdown)) return string.Create(CultureInfo.InvariantCulture, $"Use at most {MostBrackets:N0} square brackets. Nothing was saved.");
        return Parse(markdown) is null ? "Make the text simpler: its lists, quotes or emphasis are nested too deeply to be shown. Nothing was saved." : null;
    }

    public static MarkupString ToHtml(string markdown)
    {
        var html = new Writer();
        // A text that was stored under other rules is still shown, as it was typed.
        if (!HasTooManyBrackets(markdown) && Parse(markdown) is { } document) html.Blocks(document);
        else html.Plain(markdown);
        return new MarkupString(html.ToString());
    }

    /// <summary>Where a link may lead: a page of this site, another site over TLS, or a mailbox; null is no link.</summary>
    public static (string Href, bool IsOutside)? Target(string? url)
    {
        if (url is ['/', ..])
        {
            var path = LocalPath.Or(url, "");
            return path.Length > 0 ? (path, false) : null;
        }

        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri)) return null;
        if (uri.Scheme == Uri.UriSchemeMailto) return (uri.AbsoluteUri, true);
        // Whoever is named before an @ isn't who answers.
        return uri.Scheme == Uri.UriSchemeHttps && uri.UserInfo.Length == 0 && uri.Host.Length > 0 ? (uri.AbsoluteUri, true) : null;
    }

    static bool HasTooManyBrackets(string markdown) => markdown.AsSpan().Count('[') > MostBrackets;

    /// <returns>Null for a text that is nested too deeply. Beyond a limit of its own the library says so by throwing.</returns>
    static MarkdownDocument? Parse(string markdown)
    {
        try
        {
            var document = Markdown.Parse(markdown, pipeline);
            return IsTooDeep(document, 0) ? null : document;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    static bool IsTooDeep(MarkdownObject node, int depth) => depth > DeepestNesting || node switch
    {
        ContainerBlock blocks => blocks.Any(child => IsTooDeep(child, depth + 1)),
        LeafBlock { Inline: { } inline } => IsTooDeep(inline, depth + 1),
        ContainerInline inlines => inlines.Any(child => IsTooDeep(child, depth + 1)),
        _ => false,
    };

    sealed class Writer
    {
        readonly StringBuilder html = new();

        // The page has its own first heading; those of the text begin below it and skip no level.
        int heading = 1;

        public override string ToString() => html.ToString();

        public void Plain(string text) => html.Append("<p>").Append(encoder.Encode(text)).Append("</p>");

        public void Blocks(ContainerBlock blocks, bool isTight = false)
        {
            foreach (var block in blocks) Block(block, isTight);
        }

        void Block(Block block, bool isTight)
        {
            switch (block)
            {
                case HeadingBlock title:
                    heading = Math.Clamp(title.Level, 2, Math.Min(heading + 1, 4));
                    Element($"h{heading}", () => Inlines(title.Inline));
                    break;
                case ParagraphBlock paragraph when isTight:
                    Inlines(paragraph.Inline);
                    break;
                case ParagraphBlock paragraph:
                    Element("p", () => Inlines(paragraph.Inline));
                    break;
                case ListBlock list:
                    var start = list.IsOrdered && int.TryParse(list.OrderedStart, NumberStyles.None, CultureInfo.InvariantCulture, out var first) && first != 1 ? $" start=\"{first}\"" : "";
                    Element(list.IsOrdered ? "ol" : "ul", start, () =>
                    {
                        foreach (var item in list.OfType<ListItemBlock>()) Element("li", () => Blocks(item, !list.IsLoose));
                    });
                    break;
                case QuoteBlock quote:
                    Element("blockquote", () => Blocks(quote));
                    break;
                case CodeBlock code:
                    Element("pre", () => Element("code", () => Text(code.Lines.ToString())));
                    break;
                case ThematicBreakBlock:
                    html.Append("<hr>");
                    break;
                case Table table:
                    TableOf(table);
                    break;
                case ContainerBlock { Count: > 0 } unknown when unknown is not LinkReferenceDefinitionGroup:
                    Blocks(unknown);
                    break;
                case LeafBlock { Inline: { } inline }:
                    Element("p", () => Inlines(inline));
                    break;
            }
        }

        void TableOf(Table table)
        {
            html.Append("<div class=\"gh-scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Table\">");
            Element("table", " class=\"gh-table\"", () =>
            {
                foreach (var row in table.OfType<TableRow>())
                {
                    Element("tr", () =>
                    {
                        foreach (var cell in row.OfType<TableCell>()) Element(row.IsHeader ? "th" : "td", row.IsHeader ? " scope=\"col\"" : "", () => Blocks(cell, isTight: true));
                    });
                }
            });
            html.Append("</div>");
        }

        void Inlines(ContainerInline? inlines)
        {
            if (inlines is null) return;
            foreach (var inline in inlines) Inline(inline);
        }

        void Inline(Inline inline)
        {
            switch (inline)
            {
                case LiteralInline literal:
                    Text(literal.Content.ToString());
                    break;
                case LineBreakInline { IsHard: true }:
                    html.Append("<br>");
                    break;
                case LineBreakInline:
                    html.Append('\n');
                    break;
                case CodeInline code:
                    Element("code", () => Text(code.Content));
                    break;
                case EmphasisInline emphasis:
                    Element(emphasis.DelimiterCount >= 2 ? "strong" : "em", () => Inlines(emphasis));
                    break;
                case LinkInline { IsImage: true } picture:
                    // No pictures: what they show is said in words.
                    Inlines(picture);
                    break;
                case LinkInline link:
                    Link(link.GetDynamicUrl?.Invoke() ?? link.Url, () => Inlines(link));
                    break;
                case AutolinkInline address:
                    Link(address.IsEmail ? $"mailto:{address.Url}" : address.Url, () => Text(address.Url));
                    break;
                case HtmlEntityInline entity:
                    Text(entity.Transcoded.ToString());
                    break;
                case HtmlInline tag:
                    Text(tag.Tag);
                    break;
                case DelimiterInline delimiter:
                    Text(delimiter.ToLiteral());
                    Inlines(delimiter);
                    break;
                case ContainerInline unknown:
                    Inlines(unknown);
                    break;
            }
        }

        void Link(string? url, Action words)
        {
            if (Target(url) is not { } target) words();
            else Element("a", $" href=\"{encoder.Encode(target.Href)}\"{(target.IsOutside ? " rel=\"noopener nofollow\"" : "")}", words);
        }

        void Element(string name, Action content) => Element(name, "", content);

        void Element(string name, string attributes, Action content)
        {
            html.Append('<').Append(name).Append(attributes).Append('>');
            content();
            html.Append("</").Append(name).Append('>');
        }

        void Text(string text) => html.Append(encoder.Encode(text));
    }
}
