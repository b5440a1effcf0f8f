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

    [Fact]
    public void With_few_degrees_of_freedom_goes_by_the_t_distribution()
    {
        var many = new Estimate(1.5, 0.4);
        var few = many with { DegreesOfFreedom = 10 };

        many.DegreesOfFreedom.ShouldBe(double.PositiveInfinity);
        few.DegreesOfFreedom.ShouldBe(10);
        // Tables: 2.228139 at 10 degrees of freedom.
        few.Interval().Upper.ShouldBeNear(1.5 + (0.4 * 2.2281388520), 1e-9);
        few.PValue().ShouldBeNear(0.0037838164, 1e-9);
        few.ByNormal().Interval().Lower.ShouldBeNear(few.Interval().Lower, 1e-12);
        few.Among(4).Interval().Lower.ShouldBeNear(few.Interval(1 - (0.05 / 4)).Lower, 1e-12);
        Should.Throw<ArgumentOutOfRangeException>(() => many with { DegreesOfFreedom = 0 });
    }
}
