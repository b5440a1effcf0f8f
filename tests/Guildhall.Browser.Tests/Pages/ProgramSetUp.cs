using Guildhall.Browser.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Guildhall.Browser.Tests.Pages;

/// <summary>The seven pages from "New program" to "Open".</summary>
sealed class ProgramSetUp(Visitor visitor)
{
    public async Task Name(string name, string cohort)
    {
        await Expect(visitor.Heading("What is the program called, and when does it run?")).ToBeVisibleAsync();
        await visitor.Page.GetByLabel("Name").FillAsync(name);
        await visitor.Page.GetByLabel("Cohort").FillAsync(cohort);
        await Continue();
    }

    public async Task Target(string days)
    {
        await visitor.Page.GetByLabel("Target").FillAsync(days);
        await Continue();
    }

    /// <summary>How pairs are made is looked at and kept.</summary>
    public async Task KeepMatching()
    {
        await Expect(visitor.Heading("How are pairs made?")).ToBeVisibleAsync();
        await visitor.Click(visitor.Link("Continue"));
    }

    public async Task Reward(string amount)
    {
        await Expect(visitor.Heading("What do mentors get?")).ToBeVisibleAsync();
        await visitor.Page.GetByLabel("For each finished mentee").FillAsync(amount);
        await Continue();
    }

    public Task Continue() => visitor.Click(visitor.Button("Continue"));

    public Task Publish() => visitor.Click(visitor.Button("Open "));
}
