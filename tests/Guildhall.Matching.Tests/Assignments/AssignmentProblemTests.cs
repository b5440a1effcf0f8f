using Guildhall.Matching;

namespace Guildhall.Matching.Tests.Assignments;

public class AssignmentProblemTests
{
    [Theory]
    [InlineData("row starts", new[] { 1, 1 }, new[] { 0 }, new[] { 1 }, new[] { 1 })]
    [InlineData("row end", new[] { 0, 2 }, new[] { 0 }, new[] { 1 }, new[] { 1 })]
    [InlineData("falling rows", new[] { 0, 1, 0, 1 }, new[] { 0 }, new[] { 1 }, new[] { 1 })]
    [InlineData("twice", new[] { 0, 2 }, new[] { 0, 0 }, new[] { 1, 1 }, new[] { 1 })]
    [InlineData("order", new[] { 0, 2 }, new[] { 1, 0 }, new[] { 1, 1 }, new[] { 1, 1 })]
    [InlineData("unknown mentor", new[] { 0, 1 }, new[] { 1 }, new[] { 1 }, new[] { 1 })]
    [InlineData("score 0", new[] { 0, 1 }, new[] { 0 }, new[] { 0 }, new[] { 1 })]
    [InlineData("score above 1", new[] { 0, 1 }, new[] { 0 }, new[] { 1_000_001 }, new[] { 1 })]
    [InlineData("capacity", new[] { 0, 1 }, new[] { 0 }, new[] { 1 }, new[] { -1 })]
    [InlineData("scores", new[] { 0, 1 }, new[] { 0 }, new int[0], new[] { 1 })]
    public void Refuses_malformed_arrays(string what, int[] starts, int[] mentors, int[] scores, int[] capacities) =>
        Should.Throw<ArgumentException>(() => new AssignmentProblem(starts, mentors, scores, capacities), what);

    [Fact]
    public void Refuses_a_priority_above_7() =>
        Should.Throw<ArgumentException>(() => new AssignmentProblem([0, 0], [], [], [1], [8]));

    [Fact]
    public void Instance_tells_every_refused_row_and_repeat()
    {
        var builder = new AssignmentInstanceBuilder(seed: 1);
        builder.AddMentor("m", 2).ShouldBeNull();
        builder.AddMentor("m", 2)!.Column.ShouldBe("mentor");
        builder.AddMentor("n", -1)!.Column.ShouldBe("capacity");
        builder.AddMentee("a", 8)!.Column.ShouldBe("priority");
        builder.AddMentee("a", 7).ShouldBeNull();
        builder.AddPair("a", "nobody", 5)!.Reason.ShouldContain("nobody");
        builder.AddPair("a", "m", 0)!.Column.ShouldBe("score");
        builder.AddPair("a", "m", 5).ShouldBeNull();
        builder.AddPair("a", "m", 6).ShouldBeNull();

        builder.Build(out var refusals).ShouldBeNull();

        refusals.ShouldHaveSingleItem().Row.ShouldBe(3);
    }

    [Fact]
    public void Instance_refuses_an_empty_side()
    {
        var builder = new AssignmentInstanceBuilder(seed: 1);

        builder.Build(out var refusals).ShouldBeNull();

        refusals.Select(refusal => refusal.List).ShouldBe([AssignmentList.Mentors, AssignmentList.Pairs]);
    }
}
