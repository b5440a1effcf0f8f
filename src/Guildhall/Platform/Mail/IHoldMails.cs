namespace Guildhall.Platform.Mail;

/// <summary>That a mail doesn’t go out now.</summary>
/// <param name="IsForDigest">It doesn’t go out at all: its notice is told by the digest that is made then.</param>
sealed record MailHold(DateTimeOffset Until, bool IsForDigest);

/// <summary>The module that knows when people want their mail. Asked right before each goes out that its reader can do without, so that what they choose counts at once.</summary>
interface IHoldMails
{
    /// <returns>Null for what may go.</returns>
    Task<MailHold?> Of(string addressKey, string kindId, DateTimeOffset now, CancellationToken stop);
}

/// <summary>Somebody who keeps something by the address of a person. Asked in the transaction in which that becomes another.</summary>
interface IFollowAddresses
{
    Task Follow(string fromKey, string toKey, CancellationToken stop);
}
