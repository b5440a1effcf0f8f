using System.Text;
using Markdig;
using Markdig.Extensions.Tables;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using Microsoft.AspNetCore.Components;

namespace Guildhall.Modules.Impact;

/// <summary>Pages of docs/methods as the pages of this version show them: the same text, without its title, which the page has, and without links to other files of the repository.</summary>
static class MethodText
{
    static readonly Lazy<MarkupString> impact = new(() => Read("impact")), publishing = new(() => Read("public-results"));

    public static MarkupString Impact => impact.Value;

    public static MarkupString Publishing => publishing.Value;

    static MarkupString Read(string name)
    {
        using var stored = new StreamReader(typeof(MethodText).Assembly.GetManifestResourceStream($"methods/{name}.md")!, Encoding.UTF8);
        var pipeline = new MarkdownPipelineBuilder().UsePipeTables().DisableHtml().Build();
        var document = Markdown.Parse(stored.ReadToEnd(), pipeline);
        document.RemoveAt(0);
        foreach (var table in document.Descendants<Table>()) table.GetAttributes().AddClass("gh-table");
        foreach (var link in document.Descendants<LinkInline>().ToList()) link.ReplaceBy(new LiteralInline(string.Concat(link.Descendants<LiteralInline>().Select(text => text.Content.ToString()))), copyChildren: false);
        return new(document.ToHtml(pipeline));
    }
}
