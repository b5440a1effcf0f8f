using Guildhall.Modules.Enrollment;

namespace Guildhall.Modules.Mentorships;

/// <summary>On a mentee's start page: how the shop sells week by week, once anything is known of it.</summary>
sealed class ProgressOnHome(ReadProgress read) : IAddToHome
{
    public async Task<IReadOnlyList<HomeCard>> CardsOf(SellerSeat seat, CancellationToken stop) =>
        seat.Side == Side.Mentee && await read.WeeksOfMentee(seat.Shop, stop) is { } weeks && weeks.Beside.Weeks.Any(week => week.Orders is not null)
            ? [HomeCard.Of<WeeksCard>(25, ("View", weeks), ("More", ReadProgress.Path))] : [];
}
