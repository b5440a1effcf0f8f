using System.Net;
using System.Net.Mail;
using System.Net.Mime;
using System.Text;

namespace Guildhall.Platform.Mail;

/// <summary>The one template: makes of a stored mail what its reader gets, as text and as HTML.</summary>
sealed class MailTemplate(SiteAddress site, MailSettings settings, UnsubscribeLinks unsubscribe)
{
    // A mail can't load our style sheet, and the pages' rule against inline style (decision 0005) is about pages.
    const string Paragraph = "margin:0 0 16px";
    const string Button = "display:inline-block;padding:12px 20px;border-radius:6px;background:#1f5c4a;color:#ffffff;text-decoration:none;font-weight:600";
    const string Small = "margin:16px 0 0;font-size:13px;line-height:20px;color:#5b625d;overflow-wrap:anywhere";

    /// <summary>The mail with its headers.</summary>
    /// <exception cref="FormatException">Its address can’t be one.</exception>
    public MailMessage Message(OutgoingMail mail, MailBody body, string marketplace)
    {
        var stop = StopLink(mail);
        var message = new MailMessage
        {
            From = new MailAddress(settings.From.Address, SenderName(marketplace), Encoding.UTF8),
            Subject = mail.Subject,
            SubjectEncoding = Encoding.UTF8,
        };
        message.To.Add(new MailAddress(mail.To));
        message.Headers["Message-ID"] = mail.MessageId;
        // Out-of-office programs don't answer it (RFC 3834).
        message.Headers["Auto-Submitted"] = "auto-generated";
        if (stop is not null)
        {
            message.Headers["List-Unsubscribe"] = $"<{stop.AbsoluteUri}>";
            // One click is for https only (RFC 8058, 3.1).
            if (site.IsEncrypted) message.Headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click";
        }

        message.AlternateViews.Add(Part(Text(mail, body, marketplace, stop), MediaTypeNames.Text.Plain));
        message.AlternateViews.Add(Part(Html(mail, body, marketplace, stop), MediaTypeNames.Text.Html));
        if (body.Calendar is { } calendar) message.AlternateViews.Add(Part(calendar));
        return message;
    }

    /// <summary>The text part.</summary>
    public string Text(OutgoingMail mail, MailBody body, string marketplace) => Text(mail, body, marketplace, StopLink(mail));

    string Text(OutgoingMail mail, MailBody body, string marketplace, Uri? stop) => string.Join("\n\n",
    [
        marketplace,
        .. body.Paragraphs,
        .. body.Action is { } action ? [$"{action.Label}:\n{site.Of(action.Href).AbsoluteUri}"] : Array.Empty<string>(),
        .. stop is not null ? [$"Stop mails like this one:\n{stop.AbsoluteUri}"] : Array.Empty<string>(),
    ]) + "\n";

    string Html(OutgoingMail mail, MailBody body, string marketplace, Uri? stop) => string.Concat(
    [
        $"""
        <!doctype html>
        <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{Encoded(mail.Subject)}</title></head>
        <body style="margin:0;padding:16px;background:#f5f4ef;color:#2b312d;font:16px/24px system-ui,-apple-system,'Segoe UI',Roboto,Arial,sans-serif">
        <div style="max-width:560px;margin:0 auto;padding:24px;background:#ffffff;border:1px solid #dedcd3;border-radius:8px;overflow-wrap:anywhere">
        <p style="{Paragraph};font-weight:600">{Encoded(marketplace)}</p>

        """,
        .. body.Paragraphs.Select(paragraph => $"<p style=\"{Paragraph}\">{Encoded(paragraph).Replace("\n", "<br>\n", StringComparison.Ordinal)}</p>\n"),
        .. body.Action is { } action ? Action(action.Label, Encoded(site.Of(action.Href).AbsoluteUri)) : [],
        .. stop is not null ? [$"<p style=\"{Small}\"><a href=\"{Encoded(stop.AbsoluteUri)}\" style=\"color:#5b625d\">Stop mails like this one</a></p>\n"] : Array.Empty<string>(),
        "</div></body></html>\n",
    ]);

    static string[] Action(string label, string href) =>
    [
        $"<p style=\"margin:24px 0\"><a href=\"{href}\" style=\"{Button}\">{Encoded(label)}</a></p>\n",
        $"<p style=\"{Small}\">If the button does nothing, open this address: {href}</p>\n",
    ];

    Uri? StopLink(OutgoingMail mail) => mail.IsTransactional ? null : site.Of(unsubscribe.PathFor(mail));

    // Between the quotes of a header, a quote or a backslash would end the name or hide its end.
    string SenderName(string marketplace) => MailWords.OnOneLine((settings.From.DisplayName is { Length: > 0 } given ? given : marketplace).Replace('"', '’').Replace('\\', ' '));

    static AlternateView Part(string text, string type)
    {
        var part = AlternateView.CreateAlternateViewFromString(text.ReplaceLineEndings("\r\n"), Encoding.UTF8, type);
        part.TransferEncoding = TransferEncoding.QuotedPrintable;
        return part;
    }

    // The last and so, to a program that knows it, the best of the alternatives (RFC 2046, 5.1.4). As bytes: its lines must arrive as they are.
    static AlternateView Part(CalendarPart calendar)
    {
        var type = new ContentType("text/calendar") { CharSet = "utf-8" };
        type.Parameters["method"] = calendar.Method;
        return new AlternateView(new MemoryStream(Encoding.UTF8.GetBytes(CalendarText.Folded(calendar.Lines))), type) { TransferEncoding = TransferEncoding.Base64 };
    }

    static string Encoded(string text) => WebUtility.HtmlEncode(text);
}
