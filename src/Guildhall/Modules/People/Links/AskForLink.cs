using Guildhall.Platform;
using Guildhall.Platform.Database;
using Guildhall.Platform.Jobs;
using Guildhall.Platform.Mail;

namespace Guildhall.Modules.People;

/// <summary>Takes down that somebody wants a link mailed to an address.</summary>
sealed class AskForLink(GuildhallDb db, LinkSignal signal, TimeProvider clock)
{
    /// <param name="field">Where the form asks for the address.</param>
    public async Task<Result<LinkRequest>> Run(LinkPurpose purpose, string email, string field, CancellationToken stop)
    {
        email = email.Trim();
        if (EmailAddress.Problem(email, field) is { } problem) return problem;
        var request = new LinkRequest(Guid.CreateVersion7(clock.GetUtcNow()), purpose, email);
        db.Add(request);
        await db.SaveChangesAsync(stop);
        signal.Wake();
        return request;
    }
}

/// <summary>Wakes the worker that answers requests for links.</summary>
sealed class LinkSignal : Signal;
