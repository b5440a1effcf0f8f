using Guildhall.Browser.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Guildhall.Browser.Tests.Pages;

/// <summary>The five pages from "New program" to "Open".</summary>
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

    public Task Continue() => visitor.Click(visitor.Button("Continue"));

    public Task Publish() => visitor.Click(visitor.Button("Open "));
}
