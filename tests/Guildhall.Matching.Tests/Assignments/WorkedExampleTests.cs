using System.Globalization;
using System.Runtime.CompilerServices;
using Guildhall.Matching;

namespace Guildhall.Matching.Tests.Assignments;

public class WorkedExampleTests
{
    [Fact]
    public void The_examples_of_the_method_page_hold()
    {
        var examples = Examples(File.ReadAllText(MethodPage())).ToList();
        examples.Count.ShouldBe(2);
        foreach (var example in examples)
        {
            var pairs = Numbers(example["pairs"]);
            var places = Numbers(example["places"]);
            var builder = new AssignmentInstanceBuilder(seed: 1);
            foreach (var (mentor, capacity) in places)
                builder.AddMentor(mentor, (int)capacity).ShouldBeNull();
            foreach (var (pair, score) in pairs)
                builder.AddPair(pair.Split('-')[0], pair.Split('-')[1], (int)(score * 1_000_000)).ShouldBeNull();
            var instance = builder.Build(out _)!;
            var objective = example["objective"] == "score" ? AssignmentObjective.Score : AssignmentObjective.MatchedFirst;

            var result = AssignmentSolver.Solve(instance.Problem, objective, TestContext.Current.CancellationToken);

            var claim = Claim(example, instance, objective);
            result.TotalScore.ShouldBe(claim.TotalScore);
            result.MentorOf.ToArray().ShouldBe(claim.MentorOf.ToArray());
            result.Bonus.ToArray().ShouldBe(claim.Bonus.ToArray());
            AssignmentCheck.FirstViolation(instance, claim).ShouldBeNull();
        }
    }

    static Assignment Claim(Dictionary<string, string> example, AssignmentInstance instance, AssignmentObjective objective)
    {
        var chosen = example["chosen"].Split(", ").Select(pair => pair.Split('-')).ToDictionary(pair => pair[0], pair => pair[1]);
        var (mentees, mentors) = (Numbers(example["mentees"]), Numbers(example["mentors"]));
        var (menteeIds, mentorIds) = (instance.MenteeIds.ToArray(), instance.MentorIds.ToArray());
        var bonus = Millionths(decimal.Parse(example["bonus"], CultureInfo.InvariantCulture));
        return new(
            objective, Array.ConvertAll(menteeIds, id => chosen.TryGetValue(id, out var mentor) ? Array.IndexOf(mentorIds, mentor) : -1),
            Array.ConvertAll(menteeIds, id => Millionths(mentees[id])), Array.ConvertAll(mentorIds, id => Millionths(mentors[id])),
            [.. Enumerable.Repeat(bonus, 8)], [chosen.Count, 0, 0, 0, 0, 0, 0, 0], chosen.Count,
            Millionths(decimal.Parse(example["total"], CultureInfo.InvariantCulture)));
    }

    static long Millionths(decimal value) => (long)(value * 1_000_000);

    static IEnumerable<Dictionary<string, string>> Examples(string page) =>
        page.Split("```example\n").Skip(1).Select(block => block.Split("```")[0].Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .ToDictionary(line => line.Split(' ', 2)[0], line => line.Split(' ', 2)[1].Trim()));

    static Dictionary<string, decimal> Numbers(string list) =>
        list.Split(", ").Select(item => item.Split(' ')).ToDictionary(item => item[0], item => decimal.Parse(item[1], CultureInfo.InvariantCulture));

    static string MethodPage([CallerFilePath] string here = "") =>
        Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "docs", "methods", "assignment.md");
}
