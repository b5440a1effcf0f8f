using Guildhall.Platform.Ui;

namespace Guildhall.Modules.Enrollment;

/// <summary>A module in which something stands for a seller: the start pages of mentees and mentors list it before everything else.</summary>
public interface IAwaitSellers
{
    /// <summary>What a seller has to decide on, and what stands decided, the most pressing first.</summary>
    Task<IReadOnlyList<AwaitsSeller>> Of(SellerSeat seat, CancellationToken stop);
}

/// <summary>One thing that stands for a seller.</summary>
/// <param name="Words">Where it stands, and until when it can be answered.</param>
/// <param name="NeedsThem">It waits for this seller, and not for somebody else.</param>
public sealed record AwaitsSeller(Guid ProgramId, string Title, string Words, Link Action, bool NeedsThem);
