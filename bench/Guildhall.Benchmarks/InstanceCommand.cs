using System.Globalization;

namespace Guildhall.Benchmarks;

/// <summary>`bench instance`: writes a seeded instance as the files that `guildhall assign` reads, and prints its fingerprint.</summary>
internal static class InstanceCommand
{
    public static int Run(string[] args)
    {
        var options = new Options(args);
        var family = options.Get("family", "A")[0];
        var mentees = int.Parse(options.Get("mentees", "1000"), CultureInfo.InvariantCulture);
        var folder = options.Get("out", ".");

        var instance = MatchingInstance.Make(family, mentees);

        Directory.CreateDirectory(folder);
        var problem = instance.Problem;
        using (var pairs = new StreamWriter(Path.Combine(folder, "pairs.csv")))
        {
            pairs.Write("mentee,mentor,score\n");
            for (var i = 0; i < problem.MenteeCount; i++)
                for (var e = problem.RowStarts[i]; e < problem.RowStarts[i + 1]; e++)
                    pairs.Write(string.Create(CultureInfo.InvariantCulture, $"{i},{problem.Mentors[e]},{problem.Scores[e] / 1e6m:0.000000}\n"));
        }
        using (var mentors = new StreamWriter(Path.Combine(folder, "mentors.csv")))
        {
            mentors.Write("mentor,capacity\n");
            for (var j = 0; j < problem.MentorCount; j++)
                mentors.Write(string.Create(CultureInfo.InvariantCulture, $"{j},{problem.Capacities[j]}\n"));
        }
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{family} {mentees:N0}: {problem.PairCount:N0} pairs, fingerprint {instance.Fingerprint():x16}, in {folder}"));
        return 0;
    }
}
