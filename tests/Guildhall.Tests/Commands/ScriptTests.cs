using System.Diagnostics;
using Guildhall.Tests.Platform.Ui;

namespace Guildhall.Tests.Commands;

/// <summary>The script at the root, around a product that only says where it was started and where its data is.</summary>
public sealed class ScriptTests : IDisposable
{
    const UnixFileMode Everyone = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    readonly string root = Directory.CreateTempSubdirectory("guildhall-script-").FullName;
    readonly string elsewhere = Directory.CreateTempSubdirectory("guildhall-elsewhere-").FullName;

    public ScriptTests()
    {
        Directory.CreateDirectory(Path.Combine(root, "src"));
        foreach (var file in (string[])["Directory.Build.props", "global.json", "guildhall"]) File.WriteAllText(Path.Combine(root, file), Sources.Read(file));
        var built = Directory.CreateDirectory(Path.Combine(root, "artifacts/bin/Guildhall/release")).FullName;
        File.WriteAllText(Path.Combine(built, "guildhall"), "#!/bin/sh\necho \"$PWD with $GUILDHALL_DATA\"\n");
        File.SetUnixFileMode(Path.Combine(built, "guildhall"), Everyone);
        File.WriteAllText(Path.Combine(built, "guildhall.dll"), "");
    }

    [Fact]
    public async Task Finds_files_where_it_was_called_and_data_beside_itself_also_the_first_time()
    {
        File.SetUnixFileMode(root, Everyone);

        (await Run("import", "days", "days.csv")).ShouldBe($"{elsewhere} with {root}/.data");
    }

    [Fact]
    public async Task Leaves_data_where_the_product_does_in_a_folder_that_is_closed_to_others()
    {
        File.SetUnixFileMode(root, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        (await Run("serve")).ShouldBe($"{elsewhere} with {(Environment.IsPrivilegedProcess ? "/var/lib/guildhall" : $"{root}/.data")}");
    }

    [Fact]
    public async Task Takes_the_data_folder_it_is_given() => (await Run(["serve"], data: "/srv/guildhall")).ShouldBe($"{elsewhere} with /srv/guildhall");

    Task<string> Run(params string[] arguments) => Run(arguments, data: null);

    async Task<string> Run(string[] arguments, string? data)
    {
        var start = new ProcessStartInfo("bash", [Path.Combine(root, "guildhall"), .. arguments]) { UseShellExecute = false, RedirectStandardOutput = true, WorkingDirectory = elsewhere };
        start.Environment.Remove("GUILDHALL_DATA");
        if (data is not null) start.Environment["GUILDHALL_DATA"] = data;
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return output.Trim();
    }

    public void Dispose()
    {
        Directory.Delete(root, recursive: true);
        Directory.Delete(elsewhere, recursive: true);
    }
}
