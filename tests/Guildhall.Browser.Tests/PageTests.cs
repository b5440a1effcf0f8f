using Guildhall.Browser.Tests.Samples;
using Guildhall.Browser.Tests.Support;

namespace Guildhall.Browser.Tests;

/// <summary>Every page component, with an invented view, against what is asked of all pages.</summary>
public sealed class PageTests(Chromium chromium, SamplePages pages) : IClassFixture<Chromium>, IClassFixture<SamplePages>
{
    public static TheoryData<string> Paths => [.. SamplePages.Paths];

    [Theory, MemberData(nameof(Paths))]
    public async Task Reads_and_fits_in_both_themes_on_a_laptop_and_on_a_phone(string path) =>
        (await PageCheck.Problems(chromium, new Uri(pages.Host.Address, path), path.Trim('/'))).ShouldBeEmpty(path);

    [Fact]
    public async Task The_check_finds_each_fault_of_a_bad_page()
    {
        var problems = await PageCheck.Problems(chromium, new Uri(pages.Host.Address, SamplePages.BadPage), "bad");

        foreach (var fault in (string[])["color-contrast", "image-alt", "label", "text under 12 px", "scrolls sideways", "16 px", "inline style", "phone's line on a laptop", "menu runs off the page", "inline script", "leaves the origin"])
        {
            problems.ShouldContain(problem => problem.Contains(fault, StringComparison.Ordinal), fault);
        }
    }
}
