using System.Net.Mail;

namespace Guildhall.Platform.Mail;

/// <summary>What came of handing a mail on.</summary>
enum MailVerdict
{
    Taken,
    /// <summary>Never try again.</summary>
    Refused,
    /// <summary>Not this mail, not now.</summary>
    Later,
    /// <summary>No mail at all for now: the server doesn’t answer, or doesn’t let us in.</summary>
    Unreachable,
}

/// <summary>What came of handing a mail on, and in whose words.</summary>
sealed record MailAnswer(MailVerdict Verdict, string Words);

/// <summary>Hands mails on, one after another, for one round.</summary>
interface IDeliverMail
{
    Task<MailAnswer> Deliver(MailMessage message, Guid id);
}
