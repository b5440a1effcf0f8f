using Guildhall.Benchmarks;
using Guildhall.Matching;

namespace Guildhall.Matching.Tests.Assignments;

public class PublishedOptimaTests
{
    [Theory]
    [InlineData('A', 1_000, 50_000, 0x4afcfab7c329a256, 375_716_799, 375_716_799, 446)]
    [InlineData('B', 1_000, 50_000, 0x107a53b971faccf3, 807_472_888, 807_472_888, 1_000)]
    [InlineData('C', 1_000, 13_712, 0xeb88a05a5b992917, 376_173_493, 376_173_493, 446)]
    [InlineData('D', 1_000, 50_000, 0x259d43e923b6ddad, 373_510_000, 373_510_000, 446)]
    [InlineData('E', 1_000, 6_000, 0xbfdd9afa67eb7b7a, 672_280_859, 670_603_543, 888)]
    [InlineData('G', 1_000, 50_000, 0xcf344a25be56357d, 800_322_538, 800_322_538, 1_000)]
    [InlineData('A', 10_000, 500_000, 0x9889d69df37a6a42, 3_788_849_438, 3_788_849_438, 4_442)]
    [InlineData('B', 10_000, 500_000, 0xca0477cc31ed4fc7, 8_311_991_294, 8_311_991_294, 10_000)]
    [InlineData('C', 10_000, 389_298, 0xf86eeef38c4d9dee, 3_788_959_875, 3_788_959_875, 4_442)]
    [InlineData('D', 10_000, 500_000, 0x987bc4d9d5d53790, 3_767_240_000, 3_767_240_000, 4_442)]
    [InlineData('E', 10_000, 60_000, 0xf7db384da7f4b097, 6_660_011_079, 6_648_996_688, 8_802)]
    [InlineData('G', 10_000, 500_000, 0xe0bcbcb8de07671d, 8_173_230_157, 8_173_230_157, 10_000)]
    public void Reaches_the_published_optimum(char family, int mentees, int pairs, ulong fingerprint, long byScore, long matchedFirst, int most)
    {
        var instance = MatchingInstance.Make(family, mentees);
        instance.Problem.PairCount.ShouldBe(pairs);
        instance.Fingerprint().ShouldBe(fingerprint);

        var best = AssignmentSolver.Solve(instance.Problem, AssignmentObjective.Score, TestContext.Current.CancellationToken);
        var widest = AssignmentSolver.Solve(instance.Problem, AssignmentObjective.MatchedFirst, TestContext.Current.CancellationToken);

        best.TotalScore.ShouldBe(byScore);
        widest.TotalScore.ShouldBe(matchedFirst);
        widest.Matched.ShouldBe(most);
        AssignmentCheck.FirstViolation(instance.Problem, best).ShouldBeNull();
        AssignmentCheck.FirstViolation(instance.Problem, widest).ShouldBeNull();
    }
}
