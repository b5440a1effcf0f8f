using System.Globalization;
using Guildhall.Modules.Programs;
using Guildhall.Modules.Sellers;
using Guildhall.Platform;
using Guildhall.Platform.Ui;

namespace Guildhall.Modules.Enrollment;

/// <summary>The questions that a mentee is asked. Whoever takes what is suggested types nothing.</summary>
static class MenteeQuestions
{
    public const int WordsLimit = 1_000;

    /// <summary>How much it is, before anybody begins.</summary>
    public static string HowMuch => QuestionCount.InShort(All.Count);

    internal const int FewestTimes = 2;

    public static readonly IReadOnlyList<QuestionKind> All =
    [
        new("shop", "What you sell",
            (scene, answers) => new Question(
                "What do you sell?", scene.OwnCategories.Count > 0 ? "From your listings. Untick what you don’t want help with." : "Tick what comes closest.", "Mentors know their own trade best. We look for one who sells in a category near yours.",
                [new ChoicesPart("Categories", null, true, CategoryChoices(scene), answers.Categories ?? scene.OwnCategories)]),
            (form, scene, answers) =>
            {
                List<string> chosen = [.. form.Values("Categories", []).Intersect(CategoryChoices(scene).Select(choice => choice.Value))];
                if (chosen.Count == 0 && CategoryChoices(scene).Count > 0) form.Refuse("Categories", "Tick at least one thing that you sell.");
                return answers with { Categories = chosen };
            },
            (answers, _) => answers.Categories is { } chosen ? chosen.Count == 0 ? "Not known yet" : string.Join(", ", chosen.Select(CategoryNames.Of)) : null),
        new("about", "Where you are",
            (scene, _) => new Question("Where is your shop now?", "Read from your shop. Nothing to type.", "Similar mentors and a fair comparison start from the same figures. They are frozen on the day you join, so that nobody can improve them later.", [new FactsPart(Facts(scene))]),
            (_, _, answers) => answers with { SawTheirShop = true },
            (answers, scene) => answers.SawTheirShop ? InShort(scene) : null),
        new("help", "Help with",
            (scene, answers) => new Question(
                "What do you want help with first?", $"Pick up to {HelpTopics.MostAsked}. You can change these later.", "We look for a mentor who is good at these.",
                [
                    new ChoicesPart("Skills", null, true, [.. Skill.All.Select(skill => new Choice(skill.Id, HelpTopics.Of(skill.Id), Suggested(skill, scene))), new(HelpTopics.NotSure, "I’m not sure yet")],
                        answers.Skills is { } asked ? asked.Count == 0 ? [HelpTopics.NotSure] : asked : []),
                    new WordsPart("OwnWords", "Say it in your own words (optional)", "What is hard at the moment?", answers.OwnWords, WordsLimit),
                ])
            { More = new Link("How pairs are made, and what counts how much", $"/matching/{scene.Program.Slug}") },
            (form, _, answers) =>
            {
                var ticked = form.Values("Skills", []);
                List<string> skills = [.. Skill.All.Select(skill => skill.Id).Intersect(ticked)];
                if (skills.Count == 0 && !ticked.Contains(HelpTopics.NotSure)) form.Refuse("Skills", "Pick at least one, or tick that you’re not sure yet.");
                if (skills.Count > HelpTopics.MostAsked) form.Refuse("Skills", $"Pick up to {HelpTopics.MostAsked}. You ticked {skills.Count}.");
                if (skills.Count > 0 && ticked.Contains(HelpTopics.NotSure)) form.Refuse("Skills", "Untick that you’re not sure yet, or leave it as the only one.");
                return answers with { Skills = skills, OwnWords = Words(form, "OwnWords") };
            },
            (answers, _) => answers.Skills is { } skills ? Sentence(skills.Count == 0 ? "Not sure yet" : string.Join(", ", skills.Select(HelpTopics.Of)), answers.OwnWords) : null),
        new("goal", "Goal",
            (scene, answers) => new Question(
                $"How many orders a week do you want by week {scene.Program.Design.Structure.LengthWeeks}?",
                scene.Figures?.OrdersPerWeek is { } now ? string.Create(CultureInfo.InvariantCulture, $"You had {now:0.#} a week over the last four weeks.") : "Your orders so far are not known.",
                "A goal to work towards, and a mentor who has passed that size. Nobody is judged by it, and you can change it with your mentor.",
                [new ChoicesPart("Target", null, false, Targets(scene), answers.TargetOrdersPerWeek is { } target ? [target.ToString(CultureInfo.InvariantCulture)] : [])]),
            (form, scene, answers) =>
            {
                var chosen = form.Text("Target");
                if (Targets(scene).Any(choice => choice.Value == chosen)) return answers with { TargetOrdersPerWeek = double.Parse(chosen, CultureInfo.InvariantCulture) };
                form.Refuse("Target", "Choose how many orders a week, or that you don’t know yet.");
                return answers;
            },
            (answers, _) => answers.TargetOrdersPerWeek is { } target ? target == 0 ? "Not decided yet" : Orders(target) : null),
        WorkingStyle("How do you like to work with someone?"),
        FreeTimes(FewestTimes),
        SpokenLanguages(),
    ];

    internal static QuestionKind WorkingStyle(string title) => new("style", "How you work",
        (_, answers) => new Question(title, null, null,
        [
            new ChoicesPart("Style", "When you decide something in your shop, where do you start?", false,
                [new("1", "The numbers", "Views, sales, costs"), new("-1", "A feel for it", "Taste, buyers, what I would want"), new("0", "A bit of both")], Chosen(answers.Style)),
            new ChoicesPart("Contact", "How would you like to talk?", false, [new("1", "Video or phone call"), new("-1", "Messages, when it suits us both"), new("0", "Either is fine")], Chosen(answers.Contact)),
        ]),
        (form, _, answers) => answers with { Style = Third(form, "Style", "Choose where you start."), Contact = Third(form, "Contact", "Choose how you would like to talk.") },
        (answers, _) => (answers.Style, answers.Contact) is ({ } style, { } contact)
            ? $"{(style > 0 ? "Numbers first" : style < 0 ? "By feel" : "Numbers and feel")}, {(contact > 0 ? "by video or phone" : contact < 0 ? "by messages" : "by call or messages")}"
            : null);

    internal static QuestionKind FreeTimes(int fewest) => new("times", "Free",
        (scene, answers) => new Question("When are you usually free?", $"Tick at least {fewest} {(fewest == 1 ? "time" : "times")}.", null, [new TimesPart(answers.Times ?? [], answers.TimeZone ?? Zone(scene))]),
        (form, _, answers) =>
        {
            List<string> times = [.. WeekParts.All.Intersect(form.Values("Times", []))];
            if (times.Count < fewest) form.Refuse("Times", fewest == 1 ? "Select at least 1 time when you are free." : $"Select at least {fewest} times when you are free.");
            var zone = form.Text("TimeZone");
            if (!TimeZones.Has(zone)) form.Refuse("TimeZone", "Choose your time zone.");
            return answers with { Times = times, TimeZone = zone };
        },
        (answers, _) => answers.Times is { Count: > 0 } times ? $"{WeekParts.Words(times)} ({answers.TimeZone?[(answers.TimeZone.LastIndexOf('/') + 1)..].Replace('_', ' ')})" : null);

    internal static QuestionKind SpokenLanguages() => new("languages", "Languages",
        (scene, answers) => new Question(
            "Which languages can you talk in?", "Tick each that you could have a conversation in.", "You and your mentor need one in common.",
            [
                new ChoicesPart("Languages", null, true, [.. LanguagesOffered(scene, answers).Select(tag => new Choice(tag, LanguageNames.Of(tag)))], [.. answers.Languages ?? ShopLanguages(scene)]),
                new OneMorePart("OtherLanguage", "Another language", [.. LanguageTags.Named.Except(LanguagesOffered(scene, answers)).Select(tag => new Choice(tag, LanguageNames.Of(tag)))]),
            ]),
        (form, scene, answers) =>
        {
            List<string> spoken = [.. LanguagesOffered(scene, answers).Intersect(form.Values("Languages", [])), .. LanguageTags.Named.Where(tag => tag == form.Text("OtherLanguage"))];
            if (spoken.Count == 0) form.Refuse("Languages", "Tick at least one language.");
            return answers with { Languages = spoken };
        },
        (answers, _) => answers.Languages is { Count: > 0 } spoken ? string.Join(", ", spoken.Select(LanguageNames.Of)) : null);

    internal static string? Words(FormFields form, string field)
    {
        var words = form.Text(field);
        if (words.Length > WordsLimit) form.Refuse(field, string.Create(CultureInfo.InvariantCulture, $"Write up to {WordsLimit:N0} characters. This is {words.Length:N0}."));
        return words.Length == 0 ? null : words;
    }

    internal static IReadOnlyList<Figure> Facts(ApplicantScene scene) =>
    [
        new("Shop", scene.Shop.Name, scene.Shop.Place),
        new("Signed up", scene.Facts?.SignedUpOn?.ToString("d MMMM yyyy", CultureInfo.CurrentCulture)),
        new("Listings", scene.Figures?.Listings?.ToString("N0", CultureInfo.CurrentCulture)),
        new("First order", scene.Figures is null ? null : scene.Figures.FirstOrderOn?.ToString("d MMMM yyyy", CultureInfo.CurrentCulture) ?? "None yet, or not known"),
        new("Orders a week", scene.Figures?.OrdersPerWeek?.ToString("0.#", CultureInfo.CurrentCulture), scene.Figures is null ? null : $"over four weeks, to {scene.Figures.AsOf.ToString("d MMMM yyyy", CultureInfo.CurrentCulture)}"),
    ];

    static string InShort(ApplicantScene scene) => string.Join(", ", new[]
    {
        scene.Facts?.SignedUpOn is { } day ? $"Signed up {day.ToString("d MMMM yyyy", CultureInfo.CurrentCulture)}" : "Sign-up not known",
        scene.Figures?.Listings is { } listings ? $"{listings:N0} {(listings == 1 ? "listing" : "listings")}" : "listings not known",
        scene.Figures?.OrdersPerWeek is { } orders ? $"{orders.ToString("0.#", CultureInfo.CurrentCulture)} orders a week" : "orders not known",
    });

    static string? Suggested(Skill skill, ApplicantScene scene) => scene.Pains.FirstOrDefault(pain => skill.Pains.Contains(pain.Kind))?.Evidence;

    static List<Choice> CategoryChoices(ApplicantScene scene) => [.. (scene.OwnCategories.Count > 0 ? scene.OwnCategories : scene.Categories).Select(path => new Choice(path, CategoryNames.Of(path)))];

    // Somewhat more, half as many again and twice as many; of a shop that hardly sells yet, the first sales.
    static List<Choice> Targets(ApplicantScene scene)
    {
        var now = scene.Figures?.OrdersPerWeek ?? 0;
        List<double> steps = now < 1 ? [1, 3, 8] : [.. new[] { 1.25, 1.5, 2 }.Select(times => Math.Max(Math.Floor(now) + 1, Math.Ceiling(now * times))).Distinct()];
        return [.. steps.Select(target => new Choice(target.ToString(CultureInfo.InvariantCulture), Orders(target))), new("0", "I don’t know yet")];
    }

    static string Orders(double target) => string.Create(CultureInfo.InvariantCulture, $"{target:0.#} {(target == 1 ? "order" : "orders")} a week");

    static IReadOnlyCollection<string> Chosen(double? third) => third is { } value ? [value.ToString(CultureInfo.InvariantCulture)] : [];

    static double? Third(FormFields form, string field, string refusal)
    {
        if (form.Text(field) is "-1" or "0" or "1") return double.Parse(form.Text(field), CultureInfo.InvariantCulture);
        form.Refuse(field, refusal);
        return null;
    }

    static string? Zone(ApplicantScene scene) => scene.Facts?.TimeZone is { } zone && TimeZones.Has(zone) ? zone : null;

    static List<string> ShopLanguages(ApplicantScene scene) => [.. (scene.Facts?.Languages ?? []).Select(LanguageTags.Tag).OfType<string>().Distinct()];

    // The likely ones stand first; what was answered stays among them, however many that were.
    static List<string> LanguagesOffered(ApplicantScene scene, ApplicationAnswers answers) => [.. (answers.Languages ?? []).Union(ShopLanguages(scene).Concat(scene.Languages).Append("en").Distinct().Take(12))];

    static string Sentence(string said, string? words) => words is null ? said : $"{said}. “{words}”";
}
