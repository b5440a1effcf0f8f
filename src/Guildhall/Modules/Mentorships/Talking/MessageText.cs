using System.Text;
using System.Text.Encodings.Web;
using System.Text.RegularExpressions;
using System.Text.Unicode;
using Guildhall.Modules.Library;
using Microsoft.AspNetCore.Components;

namespace Guildhall.Modules.Mentorships;

/// <summary>
/// Turns a message into HTML that can run nothing: paragraphs, line ends, and links that lead where they say. Everything else is the letters that were typed; what is
/// written is our own short list of elements, as in <see cref="Markup"/>.
/// </summary>
static partial class MessageText
{
    static readonly HtmlEncoder encoder = HtmlEncoder.Create(UnicodeRanges.All);

    public static MarkupString ToHtml(string text)
    {
        var html = new StringBuilder();
        foreach (var paragraph in text.Split("\n\n", StringSplitOptions.RemoveEmptyEntries))
        {
            // A text that runs from right to left, or says that it does, keeps to its own lines.
            html.Append("<p dir=\"auto\">");
            foreach (var (at, line) in paragraph.Trim('\n').Split('\n').Index())
            {
                if (at > 0) html.Append("<br>");
                Line(html, line);
            }

            html.Append("</p>");
        }

        return new MarkupString(html.ToString());
    }

    /// <summary>A link whose words are its address, whole.</summary>
    public static MarkupString LinkTo(string address)
    {
        var html = new StringBuilder();
        Line(html, address);
        return new MarkupString(html.ToString());
    }

    static void Line(StringBuilder html, string line)
    {
        var done = 0;
        foreach (Match found in Address().Matches(line))
        {
            // What ends a sentence is not part of the address before it.
            var address = found.Value.TrimEnd('.', ',', ';', ':', '!', '?', ')', ']', '"', '\'', '”', '’', '»');
            if (Markup.Target(address) is not { } target) continue;
            html.Append(encoder.Encode(line[done..found.Index])).Append("<a rel=\"noopener noreferrer nofollow\" href=\"").Append(encoder.Encode(target.Href)).Append("\">").Append(encoder.Encode(address)).Append("</a>");
            done = found.Index + address.Length;
        }

        html.Append(encoder.Encode(line[done..]));
    }

    [GeneratedRegex(@"https://[^\s<>]+", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Address();
}
