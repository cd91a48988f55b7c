using System.CommandLine;

namespace KnowledgeGraph.Cli.Service;

/// <summary>A command that speaks to the running service: finds it, and turns each way of failing into one line and exit code 1.</summary>
public static class ServiceCommand
{
    public delegate Task<int> Act(ServiceClient service, ParseResult arguments, CancellationToken cancellationToken);

    public static Command Of(Command command, Act act)
    {
        var url = new Option<string?>("--url") { Description = "Address of the service, as http://127.0.0.1:5080" };
        command.Options.Add(url);
        command.SetAction((arguments, cancellationToken) => RunAsync(arguments, arguments.GetValue(url), act, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult arguments, string? url, Act act, CancellationToken cancellationToken)
    {
        var error = arguments.InvocationConfiguration.Error;
        var folders = new[] { Environment.CurrentDirectory, AppContext.BaseDirectory };
        var address = ServiceAddress.Find(url, Environment.GetEnvironmentVariable("KG_URL"), folders);
        if (address is not ServiceAddress.Known known)
        {
            await error.WriteLineAsync($"kg: {((ServiceAddress.Unknown)address).Message}");
            return 1;
        }

        using var service = new ServiceClient(known.Url, Environment.GetEnvironmentVariable("KG_KEY"));
        try
        {
            return await act(service, arguments, cancellationToken);
        }
        catch (ServiceFailure failure)
        {
            await error.WriteLineAsync($"kg: {failure.Message}");
        }
        catch (HttpRequestException)
        {
            await error.WriteLineAsync($"kg: no service answers at {known.Url}; start it with ./kg up");
        }

        return 1;
    }
}
