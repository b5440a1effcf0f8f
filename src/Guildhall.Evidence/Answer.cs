using System.Text.Json.Serialization;

namespace Guildhall.Evidence;

/// <summary>A value, or the reason why there is none. What data can't answer is an ordinary outcome here, not an exception.</summary>
/// <typeparam name="T">What was asked for.</typeparam>
/// <param name="Value">The answer; null when refused.</param>
/// <param name="Refusal">Why there is no answer; null when there is one.</param>
public sealed record Answer<T>(T? Value, EvidenceRefusal? Refusal)
    where T : class
{
    /// <summary>The value.</summary>
    /// <exception cref="InvalidOperationException">It was refused; the message is the refusal's.</exception>
    [JsonIgnore]
    public T Required => Value ?? throw new InvalidOperationException(Refusal?.Message);

    /// <summary>An answer.</summary>
    /// <param name="value">The value, not null.</param>
    public static implicit operator Answer<T>(T value) => new(value, null);

    /// <summary>No answer.</summary>
    /// <param name="refusal">The reason, not null.</param>
    public static implicit operator Answer<T>(EvidenceRefusal refusal) => new(null, refusal);
}

/// <summary>Why a question can't be answered from the data given.</summary>
/// <param name="Reason">The kind of reason, for programs.</param>
/// <param name="Message">One sentence for people, in English, naming the place where there is one.</param>
public sealed record EvidenceRefusal(RefusalReason Reason, string Message);

/// <summary>Kinds of reason why there is no answer.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RefusalReason>))]
public enum RefusalReason
{
    /// <summary>Fewer rows, sellers or events than the method needs to say anything.</summary>
    TooFewRows,

    /// <summary>Nobody joined, or nobody in an arm.</summary>
    NobodyTreated,

    /// <summary>There is nobody to compare with.</summary>
    NoControls,

    /// <summary>Fewer periods than the method needs.</summary>
    TooFewPeriods,

    /// <summary>The period to compare with, before joining, isn't among the data.</summary>
    BaseMissing,

    /// <summary>A cohort of one seller, whose uncertainty can't be known.</summary>
    CohortTooSmall,

    /// <summary>The covariates tell apart who joined and who didn't, so that nobody comparable is left.</summary>
    Separation,

    /// <summary>A covariate is constant or a combination of others among those compared.</summary>
    CollinearCovariates,

    /// <summary>The outcome is the same for everybody, so there is nothing to explain.</summary>
    ConstantOutcome,

    /// <summary>A value is missing, or not a number.</summary>
    MissingValue,

    /// <summary>A value lies outside the range that it can have.</summary>
    OutOfRange,

    /// <summary>An amount of zero has no logarithm, and adding one makes the answer depend on the currency's unit.</summary>
    ZeroAmount,

    /// <summary>The method searched and didn't settle on an answer.</summary>
    NotConverged,

    /// <summary>The ratio has no bounded interval: what it is divided by may be zero.</summary>
    Unbounded,
}
