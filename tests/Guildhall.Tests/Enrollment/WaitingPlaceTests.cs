using Guildhall.Modules.Enrollment;

namespace Guildhall.Tests.Enrollment;

/// <summary>The rule of docs/methods/waiting-time.md.</summary>
public sealed class WaitingPlaceTests
{
    [Theory]
    [InlineData(4, 0, 10, 2, 13)]
    [InlineData(14, 0, 10, 15, 26)]
    [InlineData(11, 1, 9, 2, 13)]
    [InlineData(12, 1, 9, 15, 26)]
    [InlineData(3, 3, 0, 0, 0)]
    public void Works_the_example_of_the_method_page(int position, int free, int held, int from, int to) =>
        WaitingPlace.Estimate(position, free, held, trialWeeks: 2, lengthWeeks: 13).Weeks.ShouldBe((from, to));

    [Fact]
    public void Says_that_nobody_can_tell_where_no_mentor_is_active()
    {
        var place = WaitingPlace.Estimate(2, 0, 0, 2, 13);

        place.Weeks.ShouldBeNull();
        place.Words.ShouldBe("You are number 2. How long it takes is not known: no mentor is open to new mentees at the moment.");
    }
}
