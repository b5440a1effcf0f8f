using System.Text;
using Guildhall.Browser.Tests.Support;
using Microsoft.Playwright;

namespace Guildhall.Browser.Tests.Pages;

/// <summary>The people of a program, and the form that brings them in by file.</summary>
sealed class PeopleList(Visitor visitor)
{
    public ILocator News => visitor.Page.Locator(".gh-notice");

    /// <param name="side">Mentees or Mentors.</param>
    public async Task BringIn(string side, string fileName, string content)
    {
        var choice = visitor.Page.GetByLabel(side, new() { Exact = true });
        if (!await choice.IsCheckedAsync()) await visitor.Click(choice);
        visitor.Clicks++;
        await visitor.Page.GetByLabel("File", new() { Exact = true }).SetInputFilesAsync(new FilePayload { Name = fileName, MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes(content) });
        await visitor.Click(visitor.Button("Bring in"));
    }
}
