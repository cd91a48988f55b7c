using System.Text;
using KnowledgeGraph.Cli;

// JSON is UTF-8 whatever the terminal's language.
Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
return await CommandLine.Build().Parse(args).InvokeAsync();
