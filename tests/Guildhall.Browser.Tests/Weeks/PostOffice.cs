using System.Net.Mail;
using Guildhall.Platform.Mail;

namespace Guildhall.Browser.Tests.Weeks;

/// <summary>A mail as its reader gets it.</summary>
/// <param name="Kind">As the outbox calls it.</param>
/// <param name="Path">Where its button leads; empty where it has none.</param>
sealed record Letter(Guid Id, string Kind, string To, string Subject, string Text, string Path, DateTimeOffset At);

/// <summary>The mail server of the twelve weeks: takes everything and keeps it, and hands on what came in since it was last asked.</summary>
sealed class PostOffice(TimeProvider clock) : IDeliverMail
{
    readonly List<Letter> fresh = [];

    public List<Letter> All { get; } = [];

    public Task<MailAnswer> Deliver(MailMessage message, Guid id)
    {
        using var text = new StreamReader(message.AlternateViews[0].ContentStream, leaveOpen: true);
        var words = text.ReadToEnd();
        // The first address in it is the button's; one to stop mails stands last.
        var path = words.Split('\n').Select(line => line.Trim()).FirstOrDefault(line => line.StartsWith("http", StringComparison.Ordinal) && !line.Contains("/unsubscribe", StringComparison.Ordinal));
        fresh.Add(new(id, "", message.To[0].Address, message.Subject, words, path is null ? "" : new Uri(path).PathAndQuery, clock.GetUtcNow()));
        return Task.FromResult(new MailAnswer(MailVerdict.Taken, "Taken."));
    }

    /// <param name="kinds">What the outbox calls these mails, by their ids.</param>
    public async Task<IReadOnlyList<Letter>> Collect(Func<IReadOnlyCollection<Guid>, Task<IReadOnlyDictionary<Guid, string>>> kinds)
    {
        if (fresh.Count == 0) return [];
        var known = await kinds([.. fresh.Select(letter => letter.Id)]);
        List<Letter> collected = [.. fresh.Select(letter => letter with { Kind = known[letter.Id] })];
        fresh.Clear();
        All.AddRange(collected);
        return collected;
    }
}
