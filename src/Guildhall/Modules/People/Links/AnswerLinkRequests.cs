using Guildhall.Platform.Database;
using Guildhall.Platform.Jobs;
using Guildhall.Platform.Mail;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.People;

/// <summary>Finds out who is behind the addresses that links were asked for, and mails links to those whom somebody knows.</summary>
sealed class AnswerLinkRequests(GuildhallDb db, UserManager<Account> accounts, IEnumerable<IKnowAddresses> others, Tries tries, Outbox outbox, TimeProvider clock)
{
    /// <returns>Whether there was one.</returns>
    public async Task<bool> RunOne(CancellationToken stop)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        // A request is answered by one node, and by another if that one dies over it.
        if (await db.Set<LinkRequest>().FromSql($"SELECT * FROM people.link_request ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED").ToListAsync(stop) is not [var request]) return false;

        db.Remove(request);
        if (await tries.Take(TryLimit.Links, $"{request.Purpose}|{accounts.NormalizeEmail(request.Email)}", stop)) await Answer(request, stop);
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        db.ChangeTracker.Clear();
        return true;
    }

    /// <summary>Forgets what is long over.</summary>
    public async Task Sweep(CancellationToken stop)
    {
        var longOver = clock.GetUtcNow().AddDays(-1);
        await db.Set<MailedLink>().Where(link => link.ExpiresAt < longOver).ExecuteDeleteAsync(stop);
        await tries.Sweep(stop);
    }

    async Task Answer(LinkRequest request, CancellationToken stop)
    {
        var account = await accounts.FindByEmailAsync(request.Email);
        if (account is null ? request.Purpose == LinkPurpose.ResetPassword || await others.Know(accounts.NormalizeEmail(request.Email), stop) is null : account.SuspendedAt is not null) return;

        // To the address of the account: what was typed may be spelled like it and lead elsewhere.
        var to = account?.Email ?? request.Email;
        var (link, token) = MailedLink.Issue(request.Purpose, to, account?.Id, clock.GetUtcNow());
        db.Add(link);
        outbox.Add(request.Purpose == LinkPurpose.ResetPassword ? AccountMails.ResetLink(to, token) : AccountMails.SignInLink(to, token));
    }
}

static class KnownAddresses
{
    /// <summary>The first who knows the person decides.</summary>
    public static async Task<KnownPerson?> Know(this IEnumerable<IKnowAddresses> others, string normalizedEmail, CancellationToken stop)
    {
        foreach (var other in others)
        {
            if (await other.Find(normalizedEmail, stop) is { } person) return person;
        }

        return null;
    }
}

/// <summary>Answers requests for links in the background, moments after they were made.</summary>
sealed class LinkWorker(IServiceScopeFactory scopes, LinkSignal signal, ILogger<LinkWorker> log) : Worker(TimeSpan.FromSeconds(5), "Requests for links could not be answered", log, signal)
{
    protected override async Task Look(CancellationToken stop)
    {
        await using var scope = scopes.CreateAsyncScope();
        var answer = scope.ServiceProvider.GetRequiredService<AnswerLinkRequests>();
        while (await answer.RunOne(stop))
        {
        }
    }
}
