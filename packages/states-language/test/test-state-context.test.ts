import { TestStateError } from '../src';
import { map, test } from './support/tested-states';

describe('the context object of a test', () => {
  const state = { Type: 'Pass', Parameters: { 'c.$': '$$' }, End: true };
  const invoke = {
    Type: 'Task',
    Resource: 'arn:aws:states:::lambda:invoke',
    Parameters: { FunctionName: 'f' },
    ResultSelector: { 'c.$': '$$' },
    End: true,
  };
  const given = (context: object) => test(invoke, { mock: { result: '{}' }, context: JSON.stringify(context) });
  const contextOf = ({ output = '' }: { output?: string }) => JSON.parse(output).c;

  it('says of itself what AWS says', async () => {
    const location = { region: 'eu-west-1', accountId: '210987654321', partition: 'aws-cn' };
    const { Execution, State, StateMachine, ...others } = contextOf(await test(state, { input: '{"a":1}', location }));
    expect(others).toEqual({});
    expect(Execution).toEqual({
      Id: `arn:aws-cn:states:eu-west-1:210987654321:express:${StateMachine.Name}:${Execution.Name}`,
      Input: { a: 1 },
      Name: expect.any(String),
      RoleArn: null,
      StartTime: expect.any(String),
    });
    expect(State).toEqual({ Name: 'StateName', EnteredTime: expect.any(String) });
    expect(StateMachine.Id).toBe(`arn:aws-cn:states:eu-west-1:210987654321:stateMachine:${StateMachine.Name}`);
  });

  it('has the item of a state inside a Map', async () => {
    const machine = { StartAt: 'M', States: { M: { ...map, ItemProcessor: { StartAt: 'X', States: { X: state } } } } };
    expect(contextOf(await test(machine, { stateName: 'X', input: '7' })).Map).toEqual({
      Item: { Index: 0, Value: 7, Source: 'STATE_DATA' },
    });
  });

  it('is the given one as a whole', async () => {
    expect(contextOf(await given({}))).toEqual({});
    const context = { Execution: { Id: 'i', Input: {} }, State: { RetryCount: 1 }, StateMachine: {} };
    expect(contextOf(await given(context))).toEqual(context);
  });

  it.each([
    [{ Map: {} }, "'Map' field is not supported when mocking a Context object"],
    [{ Pokedex: 1 }, "Field 'Pokedex' is not allowed"],
    [{ State: { Colour: 1 } }, "Field 'Colour' is not allowed"],
    [{ Execution: { Id: 1 } }, 'Execution.Id must be a string'],
    [
      { Task: { Token: 't' } },
      "Context object contains 'Task' when state is not a Task state with a '.sync' or '.waitForTaskToken' service integration pattern",
    ],
  ])('is refused as %j', async (context, message) => {
    await expect(given(context)).rejects.toThrow(new TestStateError(`Invalid Context object provided: ${message}`));
  });

  it('is refused without a mock', async () => {
    await expect(test(invoke, { context: '{}' })).rejects.toThrow('only together with a mock');
  });
});
