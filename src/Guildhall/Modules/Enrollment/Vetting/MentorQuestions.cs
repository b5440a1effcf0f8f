using System.Globalization;
using Guildhall.Modules.Programs;
using Guildhall.Platform;
using Guildhall.Platform.Ui;

namespace Guildhall.Modules.Enrollment;

/// <summary>The questions that a mentor is asked. The charter follows, with the answers to check.</summary>
static class MentorQuestions
{
    const int UsualPlaces = 3;
    const int SkillsGuessed = 3;

    /// <inheritdoc cref="MenteeQuestions.HowMuch"/>
    public static string HowMuch => QuestionCount.InShort(All.Count);

    static readonly IReadOnlyList<(InterestKind Kind, string Field, string Ask)> interests =
    [
        (InterestKind.BrandOwned, "Brands", "Brands that you own, separated by commas"),
        (InterestKind.Stake, "Stakes", "Shops or owners that you have a stake in, by name or id, separated by commas"),
        (InterestKind.CompetingCategory, "Competing", "Categories in which you compete with new shops, separated by commas"),
        (InterestKind.Bias, "Biases", "Anything that could sway your advice, in a sentence"),
    ];

    public static readonly IReadOnlyList<QuestionKind> All =
    [
        new("skills", "What you can teach",
            (scene, answers) => new Question(
                "What can you teach?", $"Tick up to {HelpTopics.MostOffered}.", "Mentees say what they want help with first. We look for a mentor who offers it.",
                [
                    new FactsPart(MenteeQuestions.Facts(scene)),
                    new ChoicesPart("Skills", "Skills", true, [.. Skill.All.Select(skill => new Choice(skill.Id, Offered(skill), Guessed(scene).Contains(skill.Id) ? "Your figures speak for it" : null))], answers.Skills ?? []),
                    new WordsPart("OwnWords", "Say why you want to teach (optional)", "Have you helped another shop before? What came of it?", answers.OwnWords, MenteeQuestions.WordsLimit),
                ]),
            (form, _, answers) =>
            {
                List<string> skills = [.. Skill.All.Select(skill => skill.Id).Intersect(form.Values("Skills", []))];
                if (skills.Count is 0 or > HelpTopics.MostOffered) form.Refuse("Skills", skills.Count == 0 ? "Tick at least one thing that you can teach." : $"Tick up to {HelpTopics.MostOffered}. You ticked {skills.Count}.");
                return answers with { Skills = skills, OwnWords = MenteeQuestions.Words(form, "OwnWords") };
            },
            (answers, _) => answers.Skills is { Count: > 0 } skills ? string.Join(", ", skills.Select(skill => Offered(Skill.All.Single(known => known.Id == skill)))) + (answers.OwnWords is { } words ? $". “{words}”" : "") : null),
        MenteeQuestions.WorkingStyle("How do you like to work with someone?"),
        Hours,
        MenteeQuestions.SpokenLanguages(),
        new("interests", "Interests to declare",
            (_, answers) => new Question(
                "Does anything stand between you and a fair answer?", "Nobody is refused for an honest answer. It shows to your mentee, and a mentee it would touch is not matched with you.",
                "Advice from the same trade works best, and a mentor can be a rival. Saying so beforehand is what the charter asks.",
                [
                    new ChoicesPart("Interests", null, false, [new("none", "I have nothing to declare"), new("some", "I have something to declare", "Open the lines below that apply")], answers.Interests is { } declared ? [declared.Count == 0 ? "none" : "some"] : []),
                    .. interests.Select(line => new WordsPart(line.Field, Disclosure.KindName(line.Kind), line.Ask, string.Join(", ", (answers.Interests ?? []).Where(one => one.Kind == line.Kind).Select(one => one.What)), 1_000)),
                ]),
            (form, _, answers) =>
            {
                List<DeclaredInterest> declared = [.. interests.SelectMany(line => Lines(form, line.Kind, line.Field))];
                switch (form.Text("Interests"))
                {
                    case "none" when declared.Count > 0: form.Refuse("Interests", "Choose that you have something to declare, or clear the lines below."); break;
                    case "some" when declared.Count == 0: form.Refuse("Interests", "Fill in at least one of the lines below, or choose that you have nothing to declare."); break;
                    case not ("none" or "some"): form.Refuse("Interests", "Choose whether you have something to declare."); break;
                }

                return answers with { Interests = declared };
            },
            (answers, _) => answers.Interests is { } declared ? declared.Count == 0 ? "Nothing to declare" : string.Join("; ", declared.Select(one => $"{Disclosure.KindName(one.Kind)}: {one.What}")) : null),
    ];

    internal static QuestionKind Hours
    {
        get
        {
            var free = MenteeQuestions.FreeTimes(1);
            return free with
            {
                Step = "hours",
                Label = "Hours and places",
                Show = (scene, answers) =>
                {
                    var question = free.Show(scene, answers);
                    return question with
                    {
                        Title = "When could mentees meet you?",
                        Hint = $"A mentee takes {scene.Program.Design.Structure.SessionMinutes} minutes a week. You can pause or change this at any time.",
                        Parts = [.. question.Parts, new NumberPart("Places", "Mentees at once, at most", null, answers.Places ?? UsualPlaces)],
                    };
                },
                Read = (form, scene, answers) =>
                {
                    var places = form.Whole("Places", "how many mentees at once");
                    if (form.Error("Places") is null && places is < 1 or > Participant.CapacityLimit) form.Refuse("Places", $"Enter from 1 to {Participant.CapacityLimit} mentees at once.");
                    return free.Read(form, scene, answers) with { Places = places };
                },
                Said = (answers, scene) => free.Said(answers, scene) is { } times && answers.Places is { } places ? string.Create(CultureInfo.InvariantCulture, $"{times}; {places} {(places == 1 ? "mentee" : "mentees")} at once") : null,
            };
        }
    }

    static string Offered(Skill skill) => skill.Id == "data-driven-decisions" ? "Reading the numbers" : HelpTopics.Of(skill.Id);

    // Skills against pains that the figures of a shop which sells were judged by, and show it not to have; by the order of the catalogue.
    static List<string> Guessed(ApplicantScene scene) => scene.Figures is not { OrdersPerWeek: > 0 } ? []
        : [.. Skill.All.Where(skill => skill.Pains.Any(scene.Judged.Contains) && !scene.Pains.Any(pain => skill.Pains.Contains(pain.Kind))).Take(SkillsGuessed).Select(skill => skill.Id)];

    static IEnumerable<DeclaredInterest> Lines(FormFields form, InterestKind kind, string field)
    {
        List<string> items = kind == InterestKind.Bias ? [form.Text(field)] : [.. form.Text(field).Split([',', '\n'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];
        foreach (var item in items.Where(item => item.Length > 0))
        {
            if (item.Length > Disclosure.WhatLimit) form.Refuse(field, $"Write each in up to {Disclosure.WhatLimit} characters.");
            else yield return new DeclaredInterest(kind, item);
        }
    }
}
