using Guildhall.Modules.Enrollment;

namespace Guildhall.Tests.Enrollment;

/// <summary>The rule of docs/methods/waiting-time.md.</summary>
public sealed class WaitingPlaceTests
{
    [Theory]
    [InlineData(4, 0, 0, 10, 2, 13)]
    [InlineData(4, 10, 0, 10, 15, 26)]
    [InlineData(11, 0, 1, 9, 2, 13)]
    [InlineData(2, 10, 1, 9, 15, 26)]
    [InlineData(3, 0, 3, 0, 0, 0)]
    [InlineData(1, 2, 3, 0, 0, 0)]
    public void Works_the_example_of_the_method_page(int position, int inside, int free, int held, int from, int to) =>
        WaitingPlace.Estimate(position, inside, free, held, trialWeeks: 2, lengthWeeks: 13).Weeks.ShouldBe((from, to));

    [Fact]
    public void Counts_the_position_on_the_list_and_promises_no_matching_to_who_is_not_taken_in()
    {
        var place = WaitingPlace.Estimate(3, inside: 40, free: 50, held: 0, trialWeeks: 2, lengthWeeks: 13);

        place.Words.ShouldBe("You are number 3 on the waiting list. A mentor has a place at the moment: when the program’s team takes you in, you hear from us, and are in the next matching.");
        place.WordsForStaff.ShouldBe("Number 3 on the waiting list, and a mentor has a place. Accepted, they are in the next matching.");
    }

    [Fact]
    public void Says_that_nobody_can_tell_where_no_mentor_is_active()
    {
        var place = WaitingPlace.Estimate(2, 0, 0, 0, 2, 13);

        place.Weeks.ShouldBeNull();
        place.Words.ShouldBe("You are number 2 on the waiting list. How long it takes is not known: no mentor is open to new mentees at the moment.");
    }
}
