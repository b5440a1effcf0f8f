using Guildhall.Platform;

namespace Guildhall.Modules.Sellers;

/// <summary>The rows of a file, one after another, whatever its format. Cells are UTF-8 and stay readable until the next row.</summary>
abstract class RowSource : IDisposable
{
    /// <summary>The names of the file's columns, in its order.</summary>
    public abstract IReadOnlyList<string> Headers { get; }

    /// <summary>Hears of a name with a value that isn't among the headers. Only lines of JSON can bring one.</summary>
    public Action<string>? StrayName { get; set; }

    public abstract bool Read();

    /// <summary>The line of the file on which the current row begins, from 1.</summary>
    public abstract long Line { get; }

    /// <summary>Where the current row begins, in bytes of the unpacked file: reading can begin again here.</summary>
    public abstract long ByteOffset { get; }

    /// <summary>What is wrong with the current row as a whole; <c>null</c> when its cells can be read.</summary>
    public abstract RowProblem? Problem { get; }

    /// <summary>Empty when the row has no value there.</summary>
    public abstract ReadOnlySpan<byte> Cell(int column);

    public abstract void Dispose();
}

/// <summary>Why a row is rejected.</summary>
/// <param name="Column">The file's column, where one cell is at fault.</param>
readonly record struct RowProblem(string Code, string? Column = null, string? Value = null);

/// <summary>
/// A file that can't be read at all, or no further. Streams and parsers in the middle of a read can answer in no other way; it is turned
/// into its refusal where the reading was begun.
/// </summary>
sealed class UnreadableFileException(Refusal refusal) : Exception(refusal.Message)
{
    public Refusal Refusal { get; } = refusal;
}
