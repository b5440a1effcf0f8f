namespace Guildhall.Platform.Ui;

/// <summary>What is wrong with one field, in the words that stand in the summary and at the field.</summary>
/// <param name="Field">The id of the field, where the summary's link leads.</param>
/// <param name="Message">Starts with the verb from the label: "Select at least 2 times when you are free".</param>
public sealed record FieldError(string Field, string Message)
{
    /// <summary>A refusal as the problems of a form, each at its field.</summary>
    internal static IReadOnlyList<FieldError> From(Refusal? refusal) =>
        refusal is null ? [] : [new FieldError(refusal.Field ?? "main", refusal.Message), .. refusal.Others.SelectMany(From)];

    public static string? Of(IReadOnlyList<FieldError> errors, string field) => errors.FirstOrDefault(error => error.Field == field)?.Message;
}
