using Guildhall.Evidence.Tests.Support;

namespace Guildhall.Evidence.Tests;

public class EstimateTests
{
    [Fact]
    public void Among_many_its_interval_of_95_percent_is_that_of_Bonferroni()
    {
        var one = new Estimate(1.5, 0.4);

        one.Among(1).ShouldBe(one);
        one.Among(4).Value.ShouldBe(1.5);
        one.Among(4).Interval().Lower.ShouldBeNear(one.Interval(1 - (0.05 / 4)).Lower, 1e-12);
        one.Among(4).Interval().Upper.ShouldBeNear(one.Interval(1 - (0.05 / 4)).Upper, 1e-12);
        Should.Throw<ArgumentOutOfRangeException>(() => one.Among(0));
    }
}
