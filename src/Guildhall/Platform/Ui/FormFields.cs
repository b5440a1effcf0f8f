using System.Globalization;

namespace Guildhall.Platform.Ui;

/// <summary>
/// A form as somebody filled it in. Numbers and days are read from what was typed; what can't be read is refused at its field, and the page
/// shows everything again as it was typed.
/// </summary>
public sealed class FormFields(IFormCollection? sent = null)
{
    readonly List<FieldError> errors = [];

    /// <summary>Binds an endpoint parameter of this type to the form that was sent.</summary>
    public static async ValueTask<FormFields> BindAsync(HttpContext http)
    {
        try
        {
            return new(http.Request.HasFormContentType ? await http.Request.ReadFormAsync(http.RequestAborted) : null);
        }
        catch (InvalidDataException)
        {
            // Only where no antiforgery token is asked for: the check of the token has refused such a body before.
            return new();
        }
    }

    /// <summary>A form that is sent in the address, such as a search.</summary>
    public static FormFields InAddress(HttpContext http) =>
        new(new FormCollection(http.Request.Query.ToDictionary(field => field.Key, field => field.Value, StringComparer.OrdinalIgnoreCase)));

    public IFormCollection Sent => sent ?? FormCollection.Empty;

    /// <summary>In the order of the fields, as browsers send them; what belongs to no field that was sent comes last.</summary>
    public IReadOnlyList<FieldError> Errors
    {
        get
        {
            var order = Sent.Keys.Index().ToDictionary(key => key.Item, key => key.Index, StringComparer.OrdinalIgnoreCase);
            return [.. errors.OrderBy(error => order.GetValueOrDefault(error.Field, int.MaxValue))];
        }
    }

    /// <summary>The first problem; null while everything could be read.</summary>
    public Refusal? Refusal => errors is [var first, ..] ? Refusal.Invalid("unreadable_field", first.Message, first.Field) : null;

    public string? Error(string field) => FieldError.Of(errors, field);

    public void Refuse(string field, string message) => errors.Add(new FieldError(field, message));

    /// <summary>Shows why a use case refused beside what could not be read.</summary>
    public FormFields Refused(Refusal? refusal)
    {
        errors.AddRange(FieldError.From(refusal).Except(errors).ToList());
        return this;
    }

    /// <summary>The same for the fields that could be read: what was made of the others means nothing.</summary>
    public FormFields RefusedElsewhere(Refusal? refusal)
    {
        errors.AddRange(FieldError.From(refusal).Where(error => Error(error.Field) is null).ToList());
        return this;
    }

    public string Text(string field) => Sent[field].ToString().Trim();

    /// <param name="what">What is asked, as its refusal names it: "the target".</param>
    public int Whole(string field, string what)
    {
        if (long.TryParse(Digits(field), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)) return (int)Math.Clamp(number, int.MinValue, int.MaxValue);
        Refuse(field, $"Enter {what} as a whole number, in digits.");
        return 0;
    }

    /// <inheritdoc cref="Whole"/>
    public decimal Number(string field, string what)
    {
        if (TryNumber(field, out var number)) return number;
        Refuse(field, $"Enter {what} as a number, such as 2.5.");
        return 0;
    }

    public bool TryNumber(string field, out decimal number) =>
        decimal.TryParse(Digits(field), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out number);

    /// <inheritdoc cref="Whole"/>
    public DateOnly Day(string field, string what)
    {
        if (DateOnly.TryParseExact(Text(field), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) return day;
        Refuse(field, $"Enter {what} as year, month and day, such as 2027-01-04.");
        return default;
    }

    /// <summary>Which edition of a thing the form was filled from; one that never was, when that can't be read.</summary>
    public uint Edition(string field) => uint.TryParse(Text(field), NumberStyles.None, CultureInfo.InvariantCulture, out var edition) ? edition : uint.MaxValue;

    /// <summary>What a field shows: what was just typed, or what is stored.</summary>
    public string? Value(string field, string? stored = null) => Sent.TryGetValue(field, out var typed) ? typed.ToString() : stored;

    /// <summary>The same for a field of boxes or buttons, which send nothing when none is ticked.</summary>
    public IReadOnlyCollection<string> Values(string field, IReadOnlyCollection<string> stored) => Sent.Count > 0 ? [.. Sent[field].OfType<string>()] : stored;

    // Pages write a minus as "−", and people write back what they read.
    string Digits(string field) => Text(field).Replace('−', '-');
}
