using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using Guildhall.Matching;
using Guildhall.Modules.Enrollment;

namespace Guildhall.Tests.Enrollment;

public sealed class AssumedProfilesTests
{
    static readonly AssumeProfiles.Input Rule = new("any", Seed: 1, "pt", "America/Sao_Paulo");

    [Fact]
    public void The_examples_of_the_method_page_hold()
    {
        var rows = Examples().ToList();
        rows.Count.ShouldBe(3);
        foreach (var cells in rows)
        {
            var draws = SHA256.HashData(Encoding.UTF8.GetBytes($"1/{cells[0]}"));
            cells[1].ShouldBe(string.Join(", ", ((int[])[0, 3, 4, 5, 6, 7, 8, 9]).Select(at => draws[at])));

            var profile = AssumeProfiles.Assume(new MenteeProfile { Id = cells[0] }, Rule);

            string.Join(';', profile.Languages!.Select(skill => $"{skill.Language}:{skill.Level}".ToLowerInvariant())).ShouldBe(cells[2]);
            profile.WeekHours.ShouldBe(WeekGrid.Parse(cells[3]));
            profile.Style!.Value.ShouldBe(double.Parse(cells[4], CultureInfo.InvariantCulture));
            profile.Contact!.Value.ShouldBe(double.Parse(cells[5], CultureInfo.InvariantCulture));
            profile.TimeZone.ShouldBe("America/Sao_Paulo");
        }
    }

    [Fact]
    public void Gives_the_shares_that_the_method_page_states()
    {
        var people = Enumerable.Range(0, 10_000).Select(n => AssumeProfiles.Assume(new MentorProfile { Id = $"p{n}", Capacity = 1 }, Rule)).ToList();

        // Binomial shares of 10,000 stray by 0.015 less than once in 300 draws; the draws are fixed, so this can't come and go.
        double Share(Func<MentorProfile, bool> of) => people.Count(of) / (double)people.Count;
        Share(person => person.Languages!.Count == 2).ShouldBe(0.25, 0.015);
        Share(person => FreeAt(person, day: 5)).ShouldBe(0.2, 0.015);
        Share(person => !FreeAt(person, day: 5) && Hours(person).Any(hour => hour % 24 >= 18)).ShouldBe(0.3, 0.015);
        people.ShouldAllBe(person => Hours(person).Count() >= 6);
    }

    static IEnumerable<int> Hours(MentorProfile person) => Enumerable.Range(0, 168).Where(hour => person.WeekHours![hour] == '1');

    static bool FreeAt(MentorProfile person, int day) => Hours(person).Any(hour => hour / 24 == day);

    static IEnumerable<string[]> Examples() =>
        File.ReadLines(MethodPage()).SkipWhile(line => line != "## Example").SkipWhile(line => !line.StartsWith("| ---", StringComparison.Ordinal)).Skip(1)
            .TakeWhile(line => line.StartsWith('|')).Select(line => line.Trim('|', ' ').Split('|', StringSplitOptions.TrimEntries));

    static string MethodPage([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "docs", "methods", "assumed-profiles.md");
}
