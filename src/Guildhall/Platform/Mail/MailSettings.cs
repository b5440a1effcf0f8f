using System.Globalization;
using System.Net.Mail;

namespace Guildhall.Platform.Mail;

/// <summary>The mail server of GUILDHALL_SMTP.</summary>
sealed record SmtpServer(string Host, int Port, string? User, string? Password, bool UsesTls)
{
    /// <summary>How long one mail may take, from the connection to the server’s answer.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(1);

    // Wherever it is written to, the password isn't.
    public override string ToString() => $"{Host}:{Port.ToString(CultureInfo.InvariantCulture)}";
}

/// <summary>How mails go out: through a server, or, where none is set, into a folder and no further.</summary>
public sealed record MailSettings
{
    public const string ServerSetting = "GUILDHALL_SMTP";
    public const string SenderSetting = "GUILDHALL_MAIL_FROM";

    const int SubmissionPort = 587;

    internal SmtpServer? Server { get; init; }

    /// <summary>Whom mails come from. Without a name, the marketplace’s stands there.</summary>
    internal MailAddress From { get; init; } = new("guildhall@localhost");

    /// <summary>Where mails land as files while no server is set; null where there is no data folder.</summary>
    internal string? Folder { get; init; }

    internal string MessageIdDomain => new IdnMapping().GetAscii(From.Host);

    internal static Result<MailSettings> Parse(string? server, string? sender)
    {
        var from = new MailSettings().From;
        if (!string.IsNullOrWhiteSpace(sender))
        {
            // Of two addresses it takes the first for the name of the second.
            if (!MailAddress.TryCreate(sender.Trim(), out var given) || sender.Count(letter => letter == '@') > 1 || sender.Any(char.IsControl))
                return Refusal.Invalid("mail_from", $"{SenderSetting} can’t be read. Give one address, with or without a name, such as Mentoring <mentoring@example.com>.");
            from = given;
        }

        if (string.IsNullOrWhiteSpace(server)) return new MailSettings { From = from };
        if (!ParseServer(server.Trim()).Succeeded(out var known, out var unreadable)) return unreadable;
        return string.IsNullOrWhiteSpace(sender)
            ? Refusal.Invalid("mail_from", $"{ServerSetting} is set and {SenderSetting} is not. Set it to the address that mails come from, such as Mentoring <mentoring@example.com>.")
            : new MailSettings { Server = known, From = from };
    }

    // What it holds is never repeated: there is a password in it.
    static Result<SmtpServer> ParseServer(string text)
    {
        const string Example = "smtp://user:password@mail.example.com:587";
        if (text.StartsWith("smtps:", StringComparison.OrdinalIgnoreCase))
            return Refusal.Invalid("smtp", $"{ServerSetting} begins with smtps, which is TLS from the first byte, and Guildhall doesn’t speak that. Use smtp and the port where your server offers STARTTLS, mostly {SubmissionPort}: {Example}");
        if (!Uri.TryCreate(text, UriKind.Absolute, out var address) || address.Scheme != "smtp" || address.Host.Length == 0 || address.AbsolutePath is not ("" or "/") || address.Fragment.Length > 0)
            return Refusal.Invalid("smtp", $"{ServerSetting} can’t be read. Write it like {Example}, with %40 for an @ in the user or the password.");
        if (address.Query is not ("" or "?tls=on" or "?tls=off"))
            return Refusal.Invalid("smtp", $"{ServerSetting} ends in something that isn’t known. Only ?tls=off can stand there, for a server without STARTTLS.");

        var parts = address.UserInfo.Split(':', 2);
        if (address.UserInfo.Length > 0 && parts is not [{ Length: > 0 }, { Length: > 0 }])
            return Refusal.Invalid("smtp", $"{ServerSetting} has a user without a password, or a password without a user. Write both, like {Example}, or neither.");
        return new SmtpServer(
            address.Host, address.Port > 0 ? address.Port : SubmissionPort,
            parts is [var user, _] ? Uri.UnescapeDataString(user) : null, parts is [_, var password] ? Uri.UnescapeDataString(password) : null, address.Query != "?tls=off");
    }
}
