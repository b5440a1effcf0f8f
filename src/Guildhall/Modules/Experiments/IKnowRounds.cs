using Guildhall.Modules.Programs;

namespace Guildhall.Modules.Experiments;

/// <summary>The module that knows who waits for which places. Lots are drawn for what it says.</summary>
public interface IKnowRounds
{
    /// <param name="holds">Inside a transaction: nobody is paired until that ends, so that what is drawn is what there was.</param>
    Task<Round> Of(ProgramFacts program, bool holds, CancellationToken stop);
}

/// <summary>Who waits for a mentor in a program, and how many places there are.</summary>
public sealed record Round(IReadOnlyList<WaitingMentee> Waiting, int Places)
{
    /// <summary>Whether not everybody can have a place, and there is one to draw for.</summary>
    public bool IsOversubscribed => Places > 0 && Waiting.Count > Places;
}

/// <summary>A mentee who has no mentor and waits for one.</summary>
/// <param name="Tier">Null for who has none of the program's.</param>
public sealed record WaitingMentee(Guid ParticipantId, Guid SellerId, TierName? Tier);
