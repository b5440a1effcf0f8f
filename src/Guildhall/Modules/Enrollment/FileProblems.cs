using Guildhall.Platform;

namespace Guildhall.Modules.Enrollment;

/// <summary>Something in a participant file that needs a fix.</summary>
/// <param name="Column">Null where the whole row is meant.</param>
public sealed record FileProblem(long Line, string? Column, string Message)
{
    public override string ToString() => Column is null ? FormattableString.Invariant($"Line {Line}: {Message}") : FormattableString.Invariant($"Line {Line}, {Column}: {Message}");
}

/// <summary>What needs a fix in a participant file, so that one look mends it all. Past the first <see cref="Kept"/> they are only counted.</summary>
public sealed class FileProblems
{
    const int Kept = 1_000;

    readonly List<FileProblem> kept = [];

    public int Total { get; private set; }

    public void Add(long line, string message, string? column = null)
    {
        var problem = new FileProblem(line, column, message);
        // Two items of one list can be wrong in the same way.
        if (kept is [.., var last] && last == problem) return;
        Total++;
        if (kept.Count < Kept) kept.Add(problem);
    }

    /// <summary>The first of them as a refusal for commands; null when there is none.</summary>
    public Refusal? AsRefusal()
    {
        if (Total == 0) return null;
        var (problems, more) = First(50);
        var lines = string.Join('\n', problems) + (more > 0 ? FormattableString.Invariant($"\nAnd {more:N0} more.") : "");
        return Refusal.Invalid("problems", FormattableString.Invariant($"{Total:N0} {(Total == 1 ? "problem" : "problems")} in the file. Nothing was changed.\n{lines}"));
    }

    /// <summary>The first problems in the order of the file, and how many more there are.</summary>
    public (IReadOnlyList<FileProblem> Problems, int More) First(int count)
    {
        var first = kept.OrderBy(problem => problem.Line).Take(count).ToList();
        return (first, Total - first.Count);
    }
}
