using System.Net;
using Guildhall.Tests.Support;

namespace Guildhall.Tests.Programs;

/// <summary>The pages of a program's set-up when what was typed can't be taken.</summary>
public sealed class SetUpFormTests(RunningProduct product) : IClassFixture<RunningProduct>
{
    [Fact]
    public async Task Keeps_what_was_typed_beside_the_refusal()
    {
        var manager = await product.Manager();
        await manager.Post("/manage/new", ("Name", "Pilot"), ("Cohort", "Spring"), ("StartsOn", "2027-01-04"), ("ApplicationsCloseOn", "2027-01-01"));
        var seen = (await manager.Page("/manage/pilot-spring/setup/stages")).QuerySelector("input[name=seen]")!.GetAttribute("value")!;

        var refused = await manager.Post("/manage/pilot-spring/setup/stages", ("seen", seen), ("LengthWeeks", "26"), ("TrialWeeks", "26"), ("TouchpointsAWeek", "2"), ("SessionMinutes", "30"));

        refused.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        refused.Words.ShouldContain("Enter a trial shorter than the program.");
        refused.Page.QuerySelector("#LengthWeeks")!.GetAttribute("value").ShouldBe("26");
        refused.Page.QuerySelector("#SessionMinutes")!.GetAttribute("value").ShouldBe("30");
        refused.Page.QuerySelector("input[name=seen]")!.GetAttribute("value").ShouldBe(seen);
    }

    [Theory]
    [InlineData("goal", "Target", "fourteen", "Enter the target as a whole number, in digits.")]
    [InlineData("goal", "Target", "", "Enter the target as a whole number, in digits.")]
    [InlineData("goal", "Target", "14.5", "Enter the target as a whole number, in digits.")]
    [InlineData("who", "MinimumReviewMean", "4,2", "Enter the review mean as a number, such as 2.5.")]
    [InlineData("who", "MinimumReviews", " ", "Enter the known reviews as a whole number, in digits.")]
    [InlineData("stages", "LengthWeeks", "x", "Enter the length as a whole number, in digits.")]
    [InlineData("stages", "SessionMinutes", "NaN", "Enter the minutes of a session as a whole number, in digits.")]
    public async Task Refuses_what_is_no_number_beside_its_field_and_keeps_the_rest(string step, string field, string typed, string words)
    {
        var scene = await ProgramScene.GivenProgram(product);
        var path = $"/manage/{scene.Slug}/setup/{step}";
        var form = (await scene.Manager.Page(path)).QuerySelectorAll("form[action^='/manage'] input").Where(input => input.GetAttribute("type") is not ("radio" or "checkbox") && input.GetAttribute("name") is not ("__RequestVerificationToken" or "FormKey"))
            .Select(input => (Name: input.GetAttribute("name")!, Value: input.GetAttribute("name") == "seen" ? input.GetAttribute("value")! : "7")).ToList();

        var refused = await scene.Manager.Post(path, [.. form.Select(f => f.Name == field ? (field, typed) : f), ("Outcome", "listing_quality")]);

        refused.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        refused.Page.QuerySelector($"#{field}-error")!.TextContent.ShouldBe(words);
        refused.Page.QuerySelectorAll(".errsum a").Select(link => link.GetAttribute("href")).ShouldContain($"#{field}");
        refused.Page.QuerySelector($"#{field}")!.GetAttribute("value").ShouldBe(typed);
        foreach (var (name, value) in form.Where(f => f.Name != field)) refused.Page.QuerySelector($"input[name={name}]")!.GetAttribute("value").ShouldBe(value);
        if (step == "goal") refused.Page.QuerySelector("input[value=listing_quality]")!.HasAttribute("checked").ShouldBeTrue();
    }

    [Fact]
    public async Task Names_every_field_that_needs_a_fix_at_once()
    {
        var scene = await ProgramScene.GivenProgram(product);

        var refused = await scene.Manager.Post($"/manage/{scene.Slug}/setup/stages", ("LengthWeeks", "a"), ("TrialWeeks", "2"), ("TouchpointsAWeek", ""), ("SessionMinutes", "b"));

        refused.Page.QuerySelectorAll(".errsum a").Select(link => link.GetAttribute("href")).ShouldBe(["#LengthWeeks", "#TouchpointsAWeek", "#SessionMinutes"]);
        refused.Words.ShouldContain("There are 3 problems");
    }

    [Fact]
    public async Task Names_every_field_of_a_new_program_that_needs_a_fix_at_once()
    {
        var manager = await product.Manager();
        var scene = await ProgramScene.GivenProgram(product);

        var empty = await manager.Post("/manage/new", ("Name", ""), ("Cohort", ""), ("ApplicationsCloseOn", ""), ("StartsOn", ""));
        var half = await manager.Post("/manage/new", ("Name", "Pilot"), ("Cohort", ""), ("ApplicationsCloseOn", "2027-01-01"), ("StartsOn", ""));
        var renamed = await scene.Manager.Post($"/manage/{scene.Slug}/setup/name", ("Name", ""), ("Cohort", "x"), ("ApplicationsCloseOn", "soon"), ("StartsOn", "2020-01-01"));

        Problems(empty).ShouldBe(["#Name", "#Cohort", "#ApplicationsCloseOn", "#StartsOn"]);
        Problems(half).ShouldBe(["#Cohort", "#StartsOn"]);
        Problems(renamed).ShouldBe(["#Name", "#ApplicationsCloseOn", "#StartsOn"]);

        static IEnumerable<string?> Problems(Answer answer) => answer.Page.QuerySelectorAll(".errsum a").Select(link => link.GetAttribute("href"));
    }

    [Fact]
    public async Task Keeps_a_new_program_as_it_was_typed()
    {
        var manager = await product.Manager();

        var refused = await manager.Post("/manage/new", ("Name", "Pilot"), ("Cohort", "Winter"), ("StartsOn", "next month"), ("ApplicationsCloseOn", "2027-01-01"));

        refused.Page.QuerySelector("#StartsOn-error")!.TextContent.ShouldBe("Enter the first day as year, month and day, such as 2027-01-04.");
        (string, string)[] kept = [("Name", "Pilot"), ("Cohort", "Winter"), ("StartsOn", "next month"), ("ApplicationsCloseOn", "2027-01-01")];
        foreach (var (field, value) in kept) refused.Page.QuerySelector($"#{field}")!.GetAttribute("value").ShouldBe(value);
    }
}
