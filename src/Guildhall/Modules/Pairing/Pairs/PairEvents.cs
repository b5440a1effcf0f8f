using Guildhall.Modules.Enrollment;
using Guildhall.Platform.Events;

namespace Guildhall.Modules.Pairing;

/// <summary>Both sides have accepted: they are a pair now.</summary>
/// <param name="MenteeId">The participant; <paramref name="MenteeSellerId"/> is their shop.</param>
public sealed record PairAccepted(Guid ProposalId, Guid ProgramId, Guid MenteeId, Guid MenteeSellerId, Guid MentorId, Guid MentorSellerId, DateTimeOffset At) : IEvent
{
    public static string TypeName => "pairing.pair-accepted";
}

/// <summary>A pair that its mentor had been asked about waits no more, or stands no more. Of one that was taken back before anybody saw it there is no event.</summary>
/// <param name="MenteeId">The participant; <paramref name="MenteeSellerId"/> is their shop.</param>
/// <param name="WasActive">Both had accepted.</param>
public sealed record PairEnded(Guid ProposalId, Guid ProgramId, Guid MenteeId, Guid MenteeSellerId, Guid MentorId, Guid MentorSellerId, PairEnding How, bool WasActive, DateTimeOffset At) : IEvent
{
    public static string TypeName => "pairing.pair-ended";
}

/// <summary>What ended a pair. Stored by these names.</summary>
public enum PairEnding
{
    MenteeDeclined,
    MentorDeclined,

    /// <summary>Somebody did not answer in time.</summary>
    NoAnswer,

    /// <summary>By staff, or because somebody had their data deleted before both had accepted.</summary>
    TakenBack,

    /// <inheritdoc cref="PairEnd.Finished"/>
    Finished,

    /// <inheritdoc cref="PairEnd.Switched"/>
    Switched,

    /// <inheritdoc cref="PairEnd.MentorLeft"/>
    MentorLeft,

    /// <inheritdoc cref="PairEnd.MenteeLeft"/>
    MenteeLeft,
}

/// <summary>Tells the rest of the product what becomes of pairs.</summary>
sealed class PairEvents(Events events, EnrollmentLookup enrollment, TimeProvider clock)
{
    public async Task Accepted(Proposal pair, CancellationToken stop)
    {
        var people = await enrollment.Participations([pair.MenteeId, pair.MentorId], stop);
        events.Publish(new PairAccepted(pair.Id, pair.ProgramId, pair.MenteeId, people[pair.MenteeId].SellerId, pair.MentorId, people[pair.MentorId].SellerId, clock.GetUtcNow()));
    }

    public static PairEnding Of(PairEnd because) => because switch
    {
        PairEnd.Finished => PairEnding.Finished,
        PairEnd.Switched => PairEnding.Switched,
        PairEnd.MentorLeft => PairEnding.MentorLeft,
        _ => PairEnding.MenteeLeft,
    };

    public async Task Ended(IReadOnlyCollection<Proposal> pairs, PairEnding how, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        List<Proposal> seen = [.. pairs.Where(pair => pair.AskedAt <= now)];
        if (seen.Count == 0) return;
        var people = await enrollment.Participations([.. seen.SelectMany(pair => new[] { pair.MenteeId, pair.MentorId }).Distinct()], stop);
        foreach (var pair in seen)
            events.Publish(new PairEnded(
                pair.Id, pair.ProgramId, pair.MenteeId, people[pair.MenteeId].SellerId, pair.MentorId, people[pair.MentorId].SellerId,
                how, pair.MenteeAcceptedAt is not null && pair.MentorAcceptedAt is not null, now));
    }
}
