using System.Net;
using System.Net.Mail;
using System.Text;

namespace Guildhall.Platform.Mail;

/// <summary>Hands mails to the mail server, all of a round over one connection.</summary>
sealed class SmtpDelivery(SmtpServer server) : IDeliverMail, IDisposable
{
    SmtpClient? client;

    public async Task<MailAnswer> Deliver(MailMessage message, Guid id)
    {
        client ??= new SmtpClient(server.Host, server.Port) { EnableSsl = server.UsesTls, Credentials = server.User is null ? null : new NetworkCredential(server.User, server.Password) };
        // A mail that asks for SMTPUTF8 comes back from every server on the way that doesn't know it, so only those ask that can't do without: jürgen@, not a name or a subject.
        client.DeliveryFormat = Ascii.IsValid(message.To[0].User) ? SmtpDeliveryFormat.SevenBit : SmtpDeliveryFormat.International;
        using var patience = new CancellationTokenSource(server.Patience);
        try
        {
            // Not stopped with the product: a mail that is under way is not known to have arrived until the server says so.
            await client.SendMailAsync(message, patience.Token).WaitAsync(patience.Token);
            return new(MailVerdict.Taken, $"{server.Host} took it.");
        }
        catch (Exception failure)
        {
            // After a refusal the client leaves the conversation in the middle, and the next mail would go astray in it.
            Dispose();
            return Read(failure);
        }
    }

    public void Dispose()
    {
        client?.Dispose();
        client = null;
    }

    MailAnswer Read(Exception failure) => failure is OperationCanceledException
        ? new(MailVerdict.Unreachable, $"{server.Host} did not answer within {server.Patience.TotalSeconds:0} seconds.")
        : new(VerdictOf(failure), string.Join(' ', Reasons(failure)));

    static MailVerdict VerdictOf(Exception failure) => failure is SmtpException said ? (int)said.StatusCode switch
    {
        // What the server has against us, not against the mail: it is shutting down (RFC 5321), or our user and password or TLS don't suit it (RFC 4954, RFC 3207).
        421 or 454 or 530 or 534 or 535 or 538 => MailVerdict.Unreachable,
        >= 400 and < 500 => MailVerdict.Later,
        >= 500 and < 600 => MailVerdict.Refused,
        _ => MailVerdict.Unreachable,
    } : MailVerdict.Unreachable;

    static IEnumerable<string> Reasons(Exception failure)
    {
        for (var reason = failure; reason is not null; reason = reason.InnerException) yield return reason.Message;
    }
}
