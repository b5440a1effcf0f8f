using System.Runtime.InteropServices;
using Guildhall.Matching;

namespace Guildhall.Benchmarks;

/// <summary>An instance as 32-bit words that every peer can read: the three counts, row starts, mentors, scores, capacities.</summary>
internal static class InstanceFile
{
    public static void Write(string path, AssignmentProblem problem)
    {
        using var file = File.Create(path);
        file.Write(MemoryMarshal.AsBytes<int>([problem.MenteeCount, problem.MentorCount, problem.PairCount]));
        file.Write(MemoryMarshal.AsBytes(problem.RowStarts));
        file.Write(MemoryMarshal.AsBytes(problem.Mentors));
        file.Write(MemoryMarshal.AsBytes(problem.Scores));
        file.Write(MemoryMarshal.AsBytes(problem.Capacities));
    }

    public static AssignmentProblem Read(string path)
    {
        using var file = File.OpenRead(path);
        var sizes = Words(3);
        return new(Words(sizes[0] + 1), Words(sizes[2]), Words(sizes[2]), Words(sizes[1]));

        int[] Words(int count)
        {
            var words = GC.AllocateUninitializedArray<int>(count);
            file.ReadExactly(MemoryMarshal.AsBytes(words.AsSpan()));
            return words;
        }
    }
}
