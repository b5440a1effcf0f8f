using System.Globalization;
using Guildhall.Matching;
using Guildhall.Platform;
using Microsoft.Extensions.Primitives;

namespace Guildhall.Modules.Pairing;

/// <summary>Reads what the studio's forms ask to change, as changes of the matching settings.</summary>
static class SteeringForm
{
    const string WeightPrefix = "weight.";

    public static uint Seen(IFormCollection form) => uint.TryParse(form["version"], NumberStyles.None, CultureInfo.InvariantCulture, out var seen) ? seen : uint.MaxValue;

    /// <summary>The weights of the form; null when it carries none. A box that holds no whole number counts as −1, which the settings refuse.</summary>
    public static IReadOnlyDictionary<Factor, int>? Weights(IFormCollection form)
    {
        var weights = Enum.GetValues<Factor>().Where(factor => form.ContainsKey(WeightPrefix + factor)).ToDictionary(factor => factor, factor => Number(form[WeightPrefix + factor]));
        return weights.Count == 0 ? null : weights;
    }

    static int Number(StringValues text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1;

    public static bool SameWeights(IReadOnlyDictionary<Factor, int> one, IReadOnlyDictionary<Factor, int> other) =>
        Enum.GetValues<Factor>().All(factor => one.GetValueOrDefault(factor) == other.GetValueOrDefault(factor));

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
        if (!RuleSetting.Allows(changed.Rule, changed.Strength)) return Refusal.Invalid("rule", $"The rule {MatchWording.Name(changed)} can't be {StudioWords.StrengthName(changed.Strength)}. Nothing was changed.");
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

    static Pin? Pair(IFormCollection form) => form["mentee"].ToString() is { Length: > 0 } mentee && form["mentor"].ToString() is { Length: > 0 } mentor ? new Pin(mentee, mentor) : null;

    static Refusal NoPair { get; } = Refusal.Invalid("pair", "Choose a mentee and a mentor. Nothing was changed.");
}
