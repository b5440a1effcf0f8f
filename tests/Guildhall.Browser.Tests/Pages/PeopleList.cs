using System.Text;
using Guildhall.Browser.Tests.Support;
using Microsoft.Playwright;

namespace Guildhall.Browser.Tests.Pages;

/// <summary>The people of a program, and the form that brings them in by file.</summary>
sealed class PeopleList(Visitor visitor)
{
    public ILocator News => visitor.Page.Locator(".gh-notice");

    public async Task BringInMentees(string fileName, string content)
    {
        await visitor.Page.GetByLabel("Mentees", new() { Exact = true }).CheckAsync();
        await visitor.Page.GetByLabel("File", new() { Exact = true }).SetInputFilesAsync(new FilePayload { Name = fileName, MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes(content) });
        await visitor.Click(visitor.Button("Bring in"));
    }
}
