using System.Diagnostics.CodeAnalysis;

namespace Guildhall.Platform;

/// <summary>Why a use case refused: the four answers that a caller can act on.</summary>
public enum RefusalKind { NotFound, Forbidden, Invalid, Conflict }

/// <summary>A named "no": nothing was changed, and the message says what to do.</summary>
/// <param name="Code">Stable name for programs, such as <c>duplicate_pin</c>.</param>
/// <param name="Message">What happened, whether work is safe, what to do, in the words of the product.</param>
/// <param name="Field">The input it is about, where there is one.</param>
public sealed record Refusal(RefusalKind Kind, string Code, string Message, string? Field = null)
{
    /// <summary>What else is wrong with the same form.</summary>
    public IReadOnlyList<Refusal> Others { get; init; } = [];

    /// <summary>Every problem of a form as one refusal; null when there is none.</summary>
    public static Refusal? Together(params IEnumerable<Refusal?> problems) =>
        problems.OfType<Refusal>().ToList() is [var first, .. var others] ? first with { Others = others } : null;

    public static Refusal NotFound(string what) => new(RefusalKind.NotFound, "not_found", $"There is no such {what}. It may have been removed, or it is not yours to see.");
    public static Refusal Forbidden(string message) => new(RefusalKind.Forbidden, "forbidden", message);
    public static Refusal Invalid(string code, string message, string? field = null) => new(RefusalKind.Invalid, code, message, field);
    public static Refusal Conflict(string code, string message) => new(RefusalKind.Conflict, code, message);
}

/// <summary>What a use case returns: a value, or the reason there is none.</summary>
public readonly struct Result<T>
{
    readonly T? value;

    Result(T? value, Refusal? refusal) => (this.value, Refusal) = (value, refusal);

    public Refusal? Refusal { get; }

    public T Value => Refusal is null ? value! : throw new InvalidOperationException($"Refused, so there is no value: {Refusal.Code}");

    public bool Succeeded([NotNullWhen(true)] out T? result, [NotNullWhen(false)] out Refusal? refusal)
    {
        (result, refusal) = (value, Refusal);
        return refusal is null;
    }

    public static implicit operator Result<T>(T value) => new(value, null);
    public static implicit operator Result<T>(Refusal refusal) => new(default, refusal);
}
