using System.Text.Json.Serialization;

namespace Guildhall.Evidence;

/// <summary>How group-time effects are identified and estimated; fixed before anybody looks at the outcome.</summary>
public sealed record GroupTimeDesign
{
    /// <summary>How controls are made comparable. Without covariates all three are a plain difference in differences.</summary>
    public GroupTimeEstimator Estimator { get; init; } = GroupTimeEstimator.DoublyRobust;

    /// <summary>Who the controls are.</summary>
    public ControlGroup Controls { get; init; } = ControlGroup.NeverTreated;

    /// <summary>
    /// The number of periods before joining in which the outcome may already move because of it, 0 or more. Effects are measured from the period before those: with 1, two periods before joining. Sellers
    /// who join after a bad month would otherwise be compared with their own dip.
    /// </summary>
    public int Anticipation { get; init; } = 1;

    /// <summary>Which period the periods before joining are compared with.</summary>
    public BasePeriod Base { get; init; } = BasePeriod.Varying;
}

/// <summary>How controls are made comparable with those who joined.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<GroupTimeEstimator>))]
public enum GroupTimeEstimator
{
    /// <summary>Outcome regression and propensity weights together: right if either model is.</summary>
    DoublyRobust,

    /// <summary>Controls weighted by the odds of joining, weights scaled to sum to one (Hájek).</summary>
    InverseWeights,

    /// <summary>A linear regression of the controls' change on the covariates predicts the change of those who joined.</summary>
    OutcomeRegression,
}

/// <summary>Who the controls are.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ControlGroup>))]
public enum ControlGroup
{
    /// <summary>Sellers who never join within the data or their anticipation.</summary>
    NeverTreated,

    /// <summary>Those, and sellers who haven't joined yet in either of the two periods compared, nor will within the anticipation.</summary>
    NotYetTreated,
}

/// <summary>Which period the periods before joining are compared with; those after are always compared with the last before anticipation.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<BasePeriod>))]
public enum BasePeriod
{
    /// <summary>The period before: effects before joining are changes from one period to the next.</summary>
    Varying,

    /// <summary>The same one as after joining: effects before joining are distances from it.</summary>
    Universal,
}
