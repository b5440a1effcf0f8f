using System.Globalization;
using Guildhall.Matching;
using Guildhall.Platform;

namespace Guildhall.Modules.Pairing;

/// <summary>Reads what the studio's forms ask to change, as changes of the matching settings.</summary>
static class SteeringForm
{
    public const string WeightPrefix = "weight.";

    public static uint Seen(IFormCollection form) => uint.TryParse(form["version"], NumberStyles.None, CultureInfo.InvariantCulture, out var seen) ? seen : uint.MaxValue;

    /// <summary>The weights of the form; a form without any changes none.</summary>
    public static Result<MatchSettings> Weigh(MatchSettings settings, IFormCollection form)
    {
        var weights = new Dictionary<Factor, int>();
        foreach (var factor in Enum.GetValues<Factor>().Where(factor => form.ContainsKey(WeightPrefix + factor)))
        {
            if (!int.TryParse(form[WeightPrefix + factor], NumberStyles.None, CultureInfo.InvariantCulture, out var weight) || weight > 100)
                return Refusal.Invalid("weights", $"Enter a whole number from 0 to 100 for {MatchWording.Name(factor)}. Nothing was changed.", $"weight-{factor}");
            weights[factor] = weight;
        }

        if (weights.Count == 0) return settings;
        var typed = settings with { Weights = weights };
        return HaveSameWeights(typed, settings) ? settings : typed;
    }

    public static bool HaveSameWeights(MatchSettings one, MatchSettings other) => Enum.GetValues<Factor>().All(factor => one.Weights.GetValueOrDefault(factor) == other.Weights.GetValueOrDefault(factor));

    /// <summary>The form without the weights that were left as they stood: there the number in use is shown, or sending the form again would take back another manager's.</summary>
    public static IFormCollection TypedOver(MatchSettings shown, IFormCollection form) =>
        new FormCollection(form.Where(field => !Enum.GetValues<Factor>().Any(factor => field.Key == WeightPrefix + factor && field.Value == shown.Weights.GetValueOrDefault(factor).ToString(CultureInfo.InvariantCulture))).ToDictionary());

    /// <summary>What stands in a weight's box: what was just sent, or the weight itself.</summary>
    public static string? TypedWeight(IFormCollection? form, Factor factor) => form is not null && form.TryGetValue(WeightPrefix + factor, out var typed) ? typed.ToString() : null;

    public static Result<MatchSettings> SwitchRule(MatchSettings settings, IFormCollection form)
    {
        if (RuleNamed(form["rule"]) is not { } rule) return Refusal.Invalid("rule", "There is no such rule. Nothing was changed.");
        var strength = form["on"] == "true" ? RuleStrength.Required : RuleStrength.Off;
        return WithRule(settings, (settings.Rules.FirstOrDefault(r => r.Rule == rule) ?? new RuleSetting(rule, strength, RuleSetting.DefaultParameter(rule))) with { Strength = strength });
    }

    /// <summary>A rule by its name; a number is not a name.</summary>
    public static Rule? RuleNamed(string? name) => Enum.GetValues<Rule>().Cast<Rule?>().FirstOrDefault(rule => rule.ToString() == name);

    public static Result<MatchSettings> WithRule(MatchSettings settings, RuleSetting changed)
    {
        if (!RuleSetting.Allows(changed.Rule, changed.Strength)) return Refusal.Invalid("rule", $"The rule {MatchWording.Name(changed)} can’t be {SettingWords.StrengthName(changed.Strength)}. Nothing was changed.");
        return settings with { Rules = [.. settings.Rules.Where(rule => rule.Rule != changed.Rule).Append(changed).OrderBy(rule => rule.Rule)] };
    }

    public static Result<MatchSettings> Keep(MatchSettings settings, IFormCollection form) => Pair(form) is { } pair
        ? settings with { Pins = [.. settings.Pins.Where(pin => pin.MenteeId != pair.MenteeId), pair], Bars = [.. settings.Bars.Where(bar => bar.MenteeId != pair.MenteeId || bar.MentorId != pair.MentorId)] }
        : NoPair;

    public static Result<MatchSettings> Release(MatchSettings settings, IFormCollection form) => Pair(form) is { } pair
        ? settings with { Pins = [.. settings.Pins.Where(pin => pin != pair)] }
        : NoPair;

    public static Result<MatchSettings> Bar(MatchSettings settings, IFormCollection form) => Pair(form) is { } pair
        ? settings with { Pins = [.. settings.Pins.Where(pin => pin != pair)], Bars = [.. settings.Bars.Where(bar => bar.MenteeId != pair.MenteeId || bar.MentorId != pair.MentorId), new Bar(pair.MenteeId, pair.MentorId)] }
        : NoPair;

    // Where several pairs stand open, the form has a mentor picked for each, and the button says which it means.
    static Pin? Pair(IFormCollection form) => form["mentee"].ToString() is { Length: > 0 } mentee && form[form["pick"].ToString() is { Length: > 0 } pick ? pick : "mentor"].ToString() is { Length: > 0 } mentor ? new Pin(mentee, mentor) : null;

    static Refusal NoPair { get; } = Refusal.Invalid("pair", "Choose a mentee and a mentor. Nothing was changed.");
}
